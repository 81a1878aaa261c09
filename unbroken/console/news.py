"""News for open screens: one LISTEN per process, handed to each screen that may hear it.

What travels are numbers only; a screen then asks for its own part of the page, with all the
checks of an ordinary request. A screen that cannot keep up is told to renew itself and loses
nothing but the steps in between.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings

from unbroken.console.presence.keeper import Keeper, Looks
from unbroken.ground.sql import row, text_of

log = logging.getLogger(__name__)

CHANNEL = "unbroken"
WAITING_MAX = 64
"""News a screen may be behind before it is told to renew itself."""

GATHER_SECONDS = 0.02
TRY_AGAIN_SECONDS = 1.0
LISTEN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class News:
    """Something happened to a ticket; `event_id` 0: nobody knows what was missed."""

    ticket: int
    event_id: int


@dataclass(frozen=True, slots=True)
class Latest:
    """The number of an event; 0 when there is none."""

    id: int


RENEW, RING = News(0, 0), News(-1, 0)
ONLY_BELLS = -1
"""The ticket of a screen that wants to hear nothing but its agent's bell."""

ONLY_PROBLEMS = -2
"""The ticket of a screen that shows the network: it hears of problems, and its agent's bell."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Who may hear of a ticket: those in whose hands it is, and was until now."""

    ticket: int
    team: int | None
    assignee: int | None
    event_id: int
    team_before: int | None
    agent_before: int | None


@dataclass(eq=False)
class Screen:
    """One open page of an agent: all they may see, or one ticket of it."""

    agent: int
    teams: frozenset[int]
    sees_all: bool
    ticket: int | None = None
    line: str = field(default_factory=lambda: secrets.token_hex(8))
    waiting: "asyncio.Queue[News | Looks]" = field(
        default_factory=lambda: asyncio.Queue(maxsize=WAITING_MAX)
    )

    def hears(self, it: Happened) -> bool:
        """Whether this is news for this screen."""
        if self.ticket is not None:
            return self.ticket == it.ticket
        mine = self.agent in (it.assignee, it.agent_before)
        ours = it.team is None or it.team in self.teams or it.team_before in self.teams
        return self.sees_all or mine or ours

    def may_see(self, it: Looks) -> bool:
        """Whether this page shows who looks at that ticket. A screen on a wall, nobody's, never."""
        if not self.agent:
            return False
        if self.ticket is not None:
            return self.ticket == it.ticket
        ours = it.team is None or it.team in self.teams
        return self.sees_all or ours or self.agent == it.assignee

    def tell(self, news: "News | Looks") -> None:
        """Put it in line; a line that is full is dropped for one word: renew."""
        try:
            self.waiting.put_nowait(news)
        except asyncio.QueueFull:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(RENEW)


class NewsRoom:
    """The screens of one process, and the one connection that listens for them."""

    def __init__(self) -> None:
        self.screens: set[Screen] = set()
        self.listening: asyncio.Task[None] | None = None
        self.is_listening = False
        self.keeper = Keeper(self.screens, _connect)

    def join(self, screen: Screen) -> None:
        """A page was opened; the first one begins to listen."""
        self.screens.add(screen)
        self.keeper.join(screen)
        if self.listening is None or self.listening.done():
            self.listening = asyncio.get_running_loop().create_task(self._listen())

    def leave(self, screen: Screen) -> None:
        """A page was closed."""
        self.screens.discard(screen)
        self.keeper.leave(screen)

    async def _listen(self) -> None:
        """As long as anybody looks; a lost database is waited for, and everybody renews."""
        while self.screens:
            try:
                async with await _connect() as ears:
                    await ears.execute(f"LISTEN {CHANNEL}")
                    self.is_listening = True
                    self._tell_all(RENEW)
                    while self.screens:
                        await self._pass_on(ears)
            except (psycopg.OperationalError, OSError) as error:
                self.is_listening = False
                log.warning("news: the database is gone (%s); trying again", str(error).strip())
                await asyncio.sleep(TRY_AGAIN_SECONDS)

    async def _pass_on(self, ears: "psycopg.AsyncConnection[Any]") -> None:
        found = await _heard(ears, timeout=LISTEN_SECONDS, stop_after=1)
        if not any(found.values()):
            await ears.execute("SELECT 1")  # a line that died silently is noticed here
            return
        more = await _heard(ears, timeout=GATHER_SECONDS)
        rung, tickets = found["bell"] | more["bell"], found["ticket"] | more["ticket"]
        for screen in [one for one in self.screens if one.agent in rung]:
            screen.tell(RING)
        if found["problem"] | more["problem"]:
            for screen in [one for one in self.screens if one.ticket == ONLY_PROBLEMS]:
                screen.tell(RENEW)
        for it in await _whose(ears, tickets) if tickets else ():
            for screen in [screen for screen in self.screens if screen.hears(it)]:
                screen.tell(News(it.ticket, it.event_id))

    def _tell_all(self, news: News) -> None:
        for screen in self.screens:
            screen.tell(news)


_rooms: dict[asyncio.AbstractEventLoop, NewsRoom] = {}


def news_room() -> NewsRoom:
    """The news room of this process's event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _rooms:
        for other in [other for other in _rooms if other.is_closed()]:
            del _rooms[other]
        _rooms[loop] = NewsRoom()
    return _rooms[loop]


def latest_event() -> int:
    """The number of the latest event: a page made now has nothing before it to catch up with."""
    latest = row(Latest, "console/queries/latest_event.sql")
    return latest.id if latest else 0


async def _connect() -> "psycopg.AsyncConnection[Any]":
    database = settings.DATABASES["default"]
    options = {key: value for key, value in database["OPTIONS"].items() if key != "pool"}
    return await psycopg.AsyncConnection.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        application_name="unbroken news",
        autocommit=True,
        **options,
    )


async def _heard(
    ears: "psycopg.AsyncConnection[Any]", *, timeout: float, stop_after: int | None = None
) -> dict[str, set[int]]:
    """The tickets and problems spoken of meanwhile, and the agents whose bell rang."""
    found: dict[str, set[int]] = {"ticket": set(), "bell": set(), "problem": set()}
    heard = ears.notifies(timeout=timeout, stop_after=stop_after)
    async with contextlib.aclosing(heard):
        async for notice in heard:
            word, _colon, number = notice.payload.partition(" ")[0].partition(":")
            if word in found and number.isdigit():
                found[word].add(int(number))
    return found


async def _whose(ears: "psycopg.AsyncConnection[Any]", tickets: Iterable[int]) -> list[Happened]:
    statement = text_of("console/queries/whose_news.sql")
    cursor = await ears.execute(statement, {"tickets": sorted(tickets)})
    return [Happened(*found) for found in await cursor.fetchall()]
