"""Processes that read mails and nothing else: for boxes with very many. Pure, no database."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import Desk, read

READERS = 2
LOOK_SECONDS = 1.0
CHUNK = 20


class Readers:
    """A few of them, for the time of a block; they leave when whoever began them is gone."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(
            READERS,
            mp_context=get_context("spawn"),
            initializer=_leave_with_parent,
            initargs=(os.getpid(),),
        )

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read(self, raws: Sequence[bytes], desk: Desk) -> Iterator[Inbound]:
        """Begin to read these; what is asked for first is waited for."""
        return self._pool.map(partial(read, desk=desk), raws, chunksize=CHUNK)


def _leave_with_parent(parent: int) -> None:
    """A reader whose import was killed does not stay behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
