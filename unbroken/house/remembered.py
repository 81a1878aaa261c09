"""Pages that are the same for everybody, served from memory: many at once, and without a database.

The first who asks waits for the page; from then on it is served as it was, and when it has grown
old one request behind the scenes fetches it anew while everybody else still gets the old one. When
that fails (the database is away), the old one stays: it says itself of when it is. Remembered are
only 200s that set no cookie and say that they are public.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from unbroken.ground.pages import LOOK_COOKIES
from unbroken.ground.words import LANGUAGES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Key = tuple[str, ...]

OLD_AFTER_SECONDS = 5.0
AGAIN_AFTER_SECONDS = 2.0
"""After a fetch that failed, the next is begun no sooner."""
PAGES_MAX = 500
"""Addresses times languages, looks and packings; more are not remembered."""
QUERIES = frozenset({b"", *(f"in={one}".encode() for one in LANGUAGES)})
LOOKS = ("unbroken_language", *(f"unbroken_{name}" for name in LOOK_COOKIES))


@dataclass(slots=True)
class Page:
    """A page as it was answered, and when."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes
    at: float
    tried_at: float = 0.0


class Memory:
    """The remembered pages of one process."""

    def __init__(self, pages: Application, clock: Callable[[], float] = time.monotonic) -> None:
        self.pages, self.clock = pages, clock
        self.kept: dict[Key, Page] = {}
        self.fetching: set[Key] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    def knows(self, scope: Scope) -> bool:
        """Whether this address is one of those."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"] not in settings.REMEMBERED:
            return False
        return scope["query_string"] in QUERIES

    async def answer(self, scope: Scope, send: Send) -> None:
        """From memory; the first asks Django."""
        key = key_of(scope)
        page = self.kept.get(key)
        if page is None:
            await self._fetch(key, scope, send)
            return
        present = self.clock()
        is_old = present - page.at > OLD_AFTER_SECONDS
        if is_old and key not in self.fetching and present - page.tried_at > AGAIN_AFTER_SECONDS:
            page.tried_at = present
            task = asyncio.create_task(self._fetch(key, scope, None))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        await _send(page, scope, send)

    async def _fetch(self, key: Key, scope: Scope, send: Send | None) -> None:
        """Ask Django; keep the answer if it may be kept, and pass it on if somebody waits."""
        self.fetching.add(key)
        said: list[Message] = []

        async def note(message: Message) -> None:
            said.append(dict(message))

        try:
            plain = {**scope, "method": "GET", "headers": _of_nobody(scope["headers"])}
            await self.pages(plain, _nothing, note)
        finally:
            self.fetching.discard(key)
        page = _page(said, self.clock())
        if page is not None and (key in self.kept or len(self.kept) < PAGES_MAX):
            self.kept[key] = page
        if send is None:
            return
        if page is not None:
            await _send(page, scope, send)
            return
        for message in said:
            await send(message)


def key_of(scope: Scope) -> Key:
    """What the page depends on, each from a closed list: no stranger can multiply them."""
    headers = dict(scope["headers"])
    cookies = _cookies(headers.get(b"cookie", b""))
    language = cookies.get("unbroken_language", "")
    if language not in LANGUAGES:
        language = _first_spoken(headers.get(b"accept-language", b"").decode("latin-1"))
    looks = [
        value if (value := cookies.get(f"unbroken_{name}", "")) in allowed else ""
        for name, allowed in LOOK_COOKIES.items()
    ]
    packed = "gzip" if b"gzip" in headers.get(b"accept-encoding", b"") else ""
    host = headers.get(b"host", b"").decode("latin-1")
    return scope["path"], scope["query_string"].decode("latin-1"), host, language, packed, *looks


def _first_spoken(wishes: str) -> str:
    """As `ground.pages.language_of` reads it."""
    for wish in wishes.split(","):
        base = wish.split(";")[0].strip().split("-")[0].lower()
        if base in LANGUAGES:
            return base
    return "en"


def _cookies(header: bytes) -> dict[str, str]:
    pairs = (one.strip().partition("=") for one in header.decode("latin-1").split(";"))
    return {name: value for name, _sign, value in pairs if name.startswith("unbroken_")}


def _page(said: list[Message], at: float) -> Page | None:
    """What was answered, if everybody may have it."""
    start = next((one for one in said if one["type"] == "http.response.start"), None)
    if start is None or start["status"] != 200:
        return None
    headers = [(bytes(name).lower(), bytes(value)) for name, value in start["headers"]]
    found = dict(headers)
    if b"set-cookie" in found or b"public" not in found.get(b"cache-control", b""):
        return None
    body = b"".join(one.get("body", b"") for one in said if one["type"] == "http.response.body")
    return Page(headers, body, found.get(b"etag", b""), at)


async def _send(page: Page, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"]).get(b"if-none-match", b"")
    is_same = bool(page.tag) and asked == page.tag
    body = b"" if is_same or scope["method"] == "HEAD" else page.body
    headers = page.headers
    if is_same:
        headers = [pair for pair in headers if pair[0] not in (b"content-length", b"content-type")]
    status = 304 if is_same else 200
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _of_nobody(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The request without what tells who asks, or what they have already."""
    cookies = _cookies(dict(headers).get(b"cookie", b""))
    looks = "; ".join(f"{name}={cookies[name]}" for name in LOOKS if name in cookies)
    kept = [pair for pair in headers if pair[0] not in (b"if-none-match", b"cookie", b"range")]
    return [*kept, (b"cookie", looks.encode("latin-1"))] if looks else kept
