"""Answers that rarely change, kept in the process for a few seconds.

For what an operator edits (topics, queues, mailboxes): a process may go on with what it read
until the time is over; the one that changed it forgets at once.
"""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

SECONDS = 5.0

T = TypeVar("T")


class Kept(Generic[T]):
    """The answer to a question without parameters."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._answer: tuple[float, T] | None = None
        everything.append(self)

    def __call__(self) -> T:
        """The answer, at most a few seconds old."""
        if self._answer is None or time.monotonic() - self._answer[0] > SECONDS:
            self._answer = (time.monotonic(), self._ask())
        return self._answer[1]

    def forget(self) -> None:
        """Ask again next time."""
        self._answer = None


everything: "list[Kept[Any]]" = []


def forget_everything() -> None:
    """A test begins, or the database was exchanged under us."""
    for kept in everything:
        kept.forget()
