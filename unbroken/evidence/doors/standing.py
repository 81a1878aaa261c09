"""What the doors for logs, traps and flows share: a writer in a thread of its own, sockets here.

Each door has its own writer and its own loop: a flood at one delays no other.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from unbroken.evidence import listening
from unbroken.evidence.doors.writing import Datagrams, Writer
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2


class Closes(Protocol):
    """A socket, or a server."""

    def close(self) -> None: ...


Opens = Callable[[Writer], Awaitable[Sequence[Closes]]]


def keep_open(writer: Writer, where: object, opens: Opens, stop: Stop) -> None:
    """Until told to stop; tried again where another program listens."""
    writing = threading.Thread(target=writer.run, name=f"{writer.door} writer", daemon=True)
    writing.start()
    while not stop.is_asked:
        try:
            asyncio.run(stand(opens, writer, where, stop))
        except OSError as error:
            log.error("nothing can listen at %s (%s); trying again", where, error)
            stop.pause(listening.AGAIN_SECONDS)
    writing.join(2.0)


async def stand(opens: Opens, writer: Writer, where: object, stop: Stop) -> None:
    """Open the sockets and close them at the end."""
    sockets = await opens(writer)
    log.info("%s is taken in at %s", writer.door, where)
    try:
        while not stop.is_asked:
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        for one in sockets:
            one.close()


async def datagrams(writer: Writer, host: str, port: int, buffer_bytes: int) -> Closes:
    """A wide socket for datagrams."""
    loop = asyncio.get_running_loop()
    udp, _ = await loop.create_datagram_endpoint(lambda: Datagrams(writer), (host, port))
    listening.widen(udp.get_extra_info("socket"), buffer_bytes)
    return udp


def stay_closed(stop: Stop) -> None:
    """A door that no setting opens: it waits for the end like the others."""
    while not stop.is_asked:
        stop.pause(60.0)
