"""One port for pages and news: slow, huge and crooked requests hold nobody up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from unbroken.house import web


def echo(request: HttpRequest) -> HttpResponse:
    """What came in, said back."""
    seen = f"{request.method} {request.META.get('HTTP_X_WHO')} {request.META.get('HTTP_X-WHO')}"
    return HttpResponse(f"{seen} {len(request.body)}")


async def news(scope: web.Scope, receive: web.Receive, send: web.Send) -> None:
    """A live stream of one word."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"news"})


urlpatterns = [path("echo", echo)]


class Answer:
    """What came back."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""

    async def take(self, message: web.Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        else:
            self.body += message.get("body", b"")


Chunks = Callable[[], AsyncIterator[bytes]]


async def nothing() -> AsyncIterator[bytes]:
    yield b""


async def ask(chunks: Chunks = nothing, **changed: Any) -> Answer:
    """One request to the whole application."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/echo",
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
        "client": ("192.0.2.1", 1234),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        **changed,
    }
    scope["headers"] = [*scope["headers"]]
    pieces = [chunk async for chunk in chunks()] if chunks is not stalling else []

    async def receive() -> web.Message:
        if not pieces:
            await asyncio.sleep(3600)
        chunk = pieces.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(pieces)}

    answer = Answer()
    await web.application()(scope, receive, answer.take)
    return answer


async def stalling() -> AsyncIterator[bytes]:
    """Somebody who says that there is a body and never sends it."""
    yield b""


def asked(asking: Awaitable[Answer]) -> Answer:
    async def run() -> Answer:
        return await asking

    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], LIVE=f"{__name__}:news"):
        return asyncio.run(run())


def length(count: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(count).encode())


def test_a_body_in_pieces_arrives_whole() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 10_000

    answer = asked(ask(pieces, headers=[(b"host", b"testserver"), length(1_000_000)]))

    assert (answer.status, answer.body) == (200, b"POST None None 1000000")


def test_a_body_announced_too_large_is_refused_before_it_comes() -> None:
    answer = asked(ask(stalling, headers=[length(10**12)]))

    assert answer.status == 413


def test_a_body_that_grows_too_large_is_cut_off() -> None:
    """Chunked, so nothing was announced."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 1000

    with override_settings(REQUEST_BYTES_MAX=10_000):
        answer = asked(ask(pieces))

    assert answer.status == 413


def test_a_body_that_never_comes_holds_no_thread_and_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS_MAX", 0.05)

    answer = asked(ask(stalling, headers=[length(10)]))

    assert answer.status == 408


def test_a_header_with_an_underscore_cannot_pose_as_one_with_a_dash() -> None:
    """X_WHO would become HTTP_X_WHO, as X-Who does: how proxies' headers are forged."""
    answer = asked(ask(headers=[(b"host", b"testserver"), (b"x_who", b"a forger")]))

    assert b"forger" not in answer.body
    assert answer.status == 200


def test_bytes_that_no_address_may_hold_are_refused_and_break_nothing() -> None:
    answer = asked(ask(query_string="имя=я".encode()))

    assert answer.status == 400


def test_the_live_stream_hangs_beside_the_pages() -> None:
    answer = asked(ask(path="/live", method="GET"))

    assert (answer.status, answer.body) == (200, b"news")
