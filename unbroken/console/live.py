"""The live line to an open page: server-sent events, without Django's middleware in between.

Who reads is asked once, when the line is opened (and again every few minutes); after that an
open page costs no thread and no query. `id:` is the event's number: a page that was cut off
says which one it heard last and is told whether it missed anything.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse

from unbroken.console import access
from unbroken.console.dashboards.team import screen_of
from unbroken.console.doors import entering
from unbroken.console.news import ONLY_BELLS, ONLY_PROBLEMS, RING, Latest, News, Screen, news_room
from unbroken.console.presence.keeper import Looks
from unbroken.console.tickets.filters import is_number
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.sql import row
from unbroken.staffing.state import browsers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT_SECONDS = 20.0
ASK_AGAIN_SECONDS = 300.0
RETRY_MS = 3000

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """News of one ticket (`?ticket=`), of problems or of all they may see, until they leave."""
    screen, missed = await _ask(scope)
    if screen is None:
        await send({"type": "http.response.start", "status": 403, "headers": HEADERS[1:]})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await _say(send, f"retry: {RETRY_MS}\n\n")
    room = news_room()
    room.join(screen)
    try:
        if missed:
            await _say(send, worded(News(screen.ticket or 0, missed)))
        await _until_gone(receive, _tell(scope, screen, send))
    finally:
        room.leave(screen)


async def _ask(scope: Scope) -> tuple[Screen | None, int]:
    """The database is asked in a thread; the line itself has none."""
    return await sync_to_async(_opened, thread_sensitive=False)(scope)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Where a server has no live line (Django's own, for trying things out): pages do without."""
    return HttpResponse(status=204)


def worded(news: News | Looks) -> str:
    """One event on the wire; without a number when nobody knows what was missed."""
    if isinstance(news, Looks):
        who = [{"id": key, "name": name, "writes": left} for key, name, left in news.people]
        return f"event: looks\ndata: {json.dumps({'ticket': news.ticket, 'people': who})}\n\n"
    if news is RING:
        return "event: bell\ndata: {}\n\n"
    number = f"id: {news.event_id}\n" if news.event_id else ""
    return f"{number}event: news\ndata: {json.dumps({'ticket': news.ticket})}\n\n"


async def _tell(scope: Scope, screen: Screen, send: Send) -> None:
    loop = asyncio.get_running_loop()
    asked_at = loop.time()
    while True:
        try:
            news = await asyncio.wait_for(screen.waiting.get(), HEARTBEAT_SECONDS)
            await _say(send, worded(news))
        except TimeoutError:
            await _say(send, ": here\n\n")
        if loop.time() - asked_at > ASK_AGAIN_SECONDS:
            asked_at = loop.time()
            again, _nothing = await _ask(scope)
            if again is None:
                return
            screen.teams, screen.sees_all = again.teams, again.sees_all


async def _until_gone(receive: Receive, telling: Any) -> None:
    """Tell until there is nobody to tell."""
    told = asyncio.ensure_future(telling)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({told, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (told, gone):
            task.cancel()
        await asyncio.gather(told, gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _opened(scope: Scope) -> tuple[Screen | None, int]:
    """Who reads, what they may hear, and the number of what they missed (0: nothing)."""
    try:
        return _screen(scope)
    finally:
        connection.close()


def _screen(scope: Scope) -> tuple[Screen | None, int]:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode("latin-1"))
    since = headers.get(b"last-event-id") or query.get("since", [""])[0]
    if "wall" in query:
        return screen_of(query["wall"][0]), _missed(since, None)
    request = HttpRequest()
    request.session = _session(headers.get(b"cookie", ""))
    request.user = get_user(request)
    agent = access.agent_of(request)
    if agent is None or entering.needs_more(request, agent):
        return None, 0
    asked = query.get("ticket", [""])[0]
    ticket = int(asked) if is_number(asked) else None
    if "bell" in query:
        browsers.note_open(request.session.session_key or "", at=now())
        return Screen(agent.id, frozenset(), False, ONLY_BELLS), 0
    if "problems" in query:
        browsers.note_open(request.session.session_key or "", at=now())
        return Screen(agent.id, frozenset(), False, ONLY_PROBLEMS), 0
    if ticket is not None:
        try:
            access.ticket_for(agent, TicketId(ticket))
        except Http404:
            return None, 0
    browsers.note_open(request.session.session_key or "", at=now())
    screen = Screen(agent.id, frozenset(access.sight(agent)["teams"]), agent.sees_all, ticket)
    return screen, _missed(since, ticket)


def _session(cookies: str) -> Any:
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        found = None
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return store(found.value if found else None)


def _missed(last: str, ticket: int | None) -> int:
    """The number of the latest event since `last`; 0: nothing happened."""
    if not is_number(last):
        return 0
    stream_of = f"ticket:{ticket}" if ticket else None
    found = row(Latest, "console/queries/missed_news.sql", since=int(last), stream=stream_of)
    return found.id if found else 0
