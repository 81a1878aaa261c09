"""Answers that rarely change, kept in the process for a few seconds.

For what an operator edits (topics, queues, mailboxes): a process may go on with what it read
until the time is over; the one that changed it forgets at once.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

SECONDS = 5.0
ANSWERS_MAX = 1000

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


class KeptMany(Generic[T]):
    """Answers by key, each found once by whoever asks first while the others wait for it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._answers: dict[Hashable, tuple[float, T]] = {}
        self._asking: dict[Hashable, threading.Lock] = {}
        everything.append(self)

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer under this key, at most a few seconds old."""
        found = self._answers.get(key)
        if found is not None and self._is_fresh(found[0]):
            return found[1]
        with self._asking.setdefault(key, threading.Lock()):
            found = self._answers.get(key)
            if found is None or not self._is_fresh(found[0]):
                if len(self._answers) >= ANSWERS_MAX:
                    self.forget()
                found = (time.monotonic(), ask())
                self._answers[key] = found
        return found[1]

    def forget(self) -> None:
        """Ask again next time."""
        self._answers, self._asking = {}, {}

    def _is_fresh(self, asked_at: float) -> bool:
        return time.monotonic() - asked_at <= self._seconds


everything: "list[Kept[Any] | KeptMany[Any]]" = []


def forget_everything() -> None:
    """A test begins, or the database was exchanged under us."""
    for kept in everything:
        kept.forget()
