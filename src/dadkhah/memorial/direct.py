"""Templates compiled to plain calls: a site has hundreds of thousands of pages to render.

Jinja asks of each thing that a template calls whether it wants the context, and looks at what is
marked as escaped once more. The templates of a site call plain functions and macros only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

__all__ = ["Direct", "called", "written"]


class Direct(CodeGenerator):
    """Writes the code of a template: calls by `called`, what is shown by `written`."""

    def visit_Call(  # noqa: N802 — Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call."""
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, *_: Any) -> None:
        self.write("environment.written(")


def called(plain: Callable[..., Any], *values: Any, **named: Any) -> Any:
    """Call what a template calls."""
    return plain(*values, **named)


def written(shown: Any) -> str:
    """Give what a template shows as it stands on the page: escaped, unless it is marked so."""
    return shown if type(shown) is Markup else escape(shown)
