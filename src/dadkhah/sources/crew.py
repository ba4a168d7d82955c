"""Other processes that share the work of a verification, where there is much of it."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["crew", "processors", "share"]

Given = TypeVar("Given")
Found = TypeVar("Found")


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system can say
        return os.cpu_count() or 1


@contextmanager
def crew(count: int) -> Iterator[Executor | None]:
    """Have so many processes at hand; none where one process is enough.

    A process that is split off begins with everything loaded. Where another thread runs it could
    inherit a lock that nobody will ever open, so there a process begins afresh.
    """
    if count < 2:
        yield None
        return
    alone = sys.platform == "linux" and threading.active_count() == 1
    with ProcessPoolExecutor(count, mp_context=get_context("fork" if alone else "spawn")) as pool:
        yield pool


def share(
    pool: Executor, work: Callable[[Given], Found], given: Iterable[Given], *, ahead: int
) -> Iterator[tuple[Given, Found]]:
    """Let others work through a stream, in order, only so many pieces of it in hand at a time."""
    waiting: deque[tuple[Given, Future[Found]]] = deque()
    for piece in given:
        waiting.append((piece, pool.submit(work, piece)))
        if len(waiting) >= ahead:
            done, found = waiting.popleft()
            yield done, found.result()
    for done, found in waiting:
        yield done, found.result()
