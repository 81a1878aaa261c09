"""One web process: pages by threads, live news by the event loop, both on one port.

A page is asked for by WSGI in one of a few threads, and only once its whole request has
come in: somebody who sends a body a byte a second keeps nobody else waiting. `/live` streams
news to open screens without a thread (`settings.LIVE`), so a thousand of them cost little.
"""

import asyncio
import contextlib
import importlib
import importlib.util
import logging
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvloop
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from unbroken.house import assets, visitors
from unbroken.house.remembered import Memory

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

STOP_SECONDS_MAX = 4.0
BODY_SECONDS_MAX = 120.0
BODY_IN_MEMORY_BYTES = 256 * 1024
CHUNK_BYTES = 64 * 1024

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until SIGTERM or SIGINT; open pages are finished, open streams are cut."""
    assets.collect()
    uvloop.run(_serve())


async def _serve() -> None:
    address = settings.UNBROKEN.http
    server = Server(
        application(),
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGINL,
        log_level=LogLevels.error,
        backlog=1024,
        websockets=False,
    )
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.stop()  # type: ignore[no-untyped-call]
        loop.call_later(STOP_SECONDS_MAX, os._exit, 0)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()


def application() -> Application:
    """What answers a request: the live stream on its path, Django on every other."""
    wsgi: Any = WSGIHandler()
    pages = WSGIMiddleware(wsgi, workers=settings.UNBROKEN.web_threads)
    path, live = settings.LIVE_PATH, _live_stream()
    memory = Memory(pages)  # type: ignore[arg-type]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        scope["client"] = _visitor(scope)
        if live is not None and scope["path"] == path:
            await live(scope, receive, send)
            return
        scope["headers"] = [pair for pair in scope["headers"] if b"_" not in pair[0]]
        if memory.knows(scope):
            await memory.answer(scope, send)
            return
        if not scope["query_string"].isascii():
            await _refuse(send, 400, "The address holds characters that no address may hold.")
            return
        async with _whole_request(scope, receive, send) as complete:
            if complete is not None:
                await pages(scope, complete, send)  # type: ignore[arg-type]

    return answer


def _visitor(scope: Scope) -> tuple[str, int] | None:
    """Who calls, past the proxies that we trust."""
    client: tuple[str, int] | None = scope.get("client")
    proxies = settings.UNBROKEN.proxies
    if client is None or not proxies:
        return client
    return visitors.visitor(client[0], visitors.steps(scope["headers"]), proxies=proxies), client[1]


def _live_stream() -> Application | None:
    module, _, name = settings.LIVE.partition(":")
    if importlib.util.find_spec(module) is None:
        return None
    stream: Application = getattr(importlib.import_module(module), name)
    return stream


@contextlib.asynccontextmanager
async def _whole_request(scope: Scope, receive: Receive, send: Send) -> Any:
    """The request with its body at hand; None when it was refused (and answered)."""
    limit = settings.REQUEST_BYTES_MAX
    if _announced_bytes(scope) > limit:
        await _refuse(send, 413, "This is more than the desk takes at once.")
        yield None
        return
    with tempfile.SpooledTemporaryFile(max_size=BODY_IN_MEMORY_BYTES) as body:
        try:
            async with asyncio.timeout(BODY_SECONDS_MAX):
                size = await _collect(receive, body, limit)
        except (TimeoutError, ConnectionError):
            await _refuse(send, 408, "The request took too long to arrive.")
            yield None
            return
        if size > limit:
            await _refuse(send, 413, "This is more than the desk takes at once.")
            yield None
            return
        body.seek(0)
        left = size

        async def replay() -> Message:
            nonlocal left
            chunk = body.read(CHUNK_BYTES)
            left -= len(chunk)
            return {"type": "http.request", "body": chunk, "more_body": left > 0}

        yield replay


async def _collect(receive: Receive, body: Any, limit: int) -> int:
    size = 0
    while size <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        chunk = message.get("body", b"")
        size += len(chunk)
        body.write(chunk)
        if not message.get("more_body", False):
            break
    return size


def _announced_bytes(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = sentence.encode() + b"\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    with contextlib.suppress(Exception):  # whoever asked may be gone already
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
