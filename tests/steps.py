"""Steps in a browser that the tests of pages share."""

from __future__ import annotations

from typing import Any


def follow(page: Any, target: Any) -> None:
    """Press what leads to another page, and go on when that page has loaded.

    A press alone returns before the answer has come, and what is asked of the page next would
    be asked of the page that is being left.

    Args:
        page: where the press happens.
        target: a selector, or a locator.
    """
    where = page.locator(target) if isinstance(target, str) else target
    with page.expect_navigation():
        where.click()
