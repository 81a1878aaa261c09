"""One task and one connection a process keep presence for all its pages.

An open live line is what says that somebody looks: no page asks for anything. Openings and
closings of a quarter of a second are written in one statement; who hears of them gets names, not
a reason to ask.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from unbroken.console.presence import state
from unbroken.console.presence.people import Looker, people_in
from unbroken.ground.sql import text_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from unbroken.console.news import Screen

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.25
STILL_THERE_SECONDS = 30.0
TRY_AGAIN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Looks:
    """Who looks at a ticket now: number, name, and for how many seconds they count as writing."""

    ticket: int
    team: int | None
    assignee: int | None
    people: tuple[Looker, ...]


class Keeper:
    """Who of this process's pages looks at what, and what other processes say about theirs."""

    def __init__(
        self,
        screens: "set[Screen]",
        connect: "Callable[[], Awaitable[psycopg.AsyncConnection[Any]]]",
    ) -> None:
        self.screens, self.connect = screens, connect
        self.come: dict[str, Screen] = {}
        self.gone: set[str] = set()
        self.keeping: asyncio.Task[None] | None = None

    def join(self, screen: "Screen") -> None:
        """A page of a ticket was opened."""
        if (screen.ticket or 0) > 0:
            self.come[screen.line] = screen
        if self.keeping is None or self.keeping.done():
            self.keeping = asyncio.get_running_loop().create_task(self._keep())

    def leave(self, screen: "Screen") -> None:
        """It was closed."""
        if (screen.ticket or 0) > 0 and self.come.pop(screen.line, None) is None:
            self.gone.add(screen.line)

    async def _keep(self) -> None:
        while self.screens or self.gone:
            try:
                async with await self.connect() as ears:
                    await ears.execute("SET synchronous_commit = off")
                    await ears.execute(f"LISTEN {state.CHANNEL}")
                    self.come |= {one.line: one for one in self._lookers()}
                    await self._listen(ears)
            except (psycopg.OperationalError, OSError) as error:
                log.warning("presence: the database is gone (%s)", str(error).strip())
                await asyncio.sleep(TRY_AGAIN_SECONDS)

    async def _listen(self, ears: "psycopg.AsyncConnection[Any]") -> None:
        clock = asyncio.get_running_loop().time
        told_at = clock()
        while self.screens or self.gone:
            await self._write(ears)
            if clock() - told_at > STILL_THERE_SECONDS:
                told_at = clock()
                await state.still_there(ears, [one.line for one in self._lookers()])
            if tickets := await _heard(ears):
                for it in await _looks(ears, tickets):
                    self._tell(it)

    async def _write(self, ears: "psycopg.AsyncConnection[Any]") -> None:
        come, gone = self.come, self.gone
        if not come and not gone:
            return
        self.come, self.gone = {}, set()
        opened = [(one.line, one.agent, one.ticket or 0) for one in come.values()]
        await state.keep(ears, opened, gone)

    def _lookers(self) -> "list[Screen]":
        return [one for one in self.screens if (one.ticket or 0) > 0]

    def _tell(self, it: Looks) -> None:
        for screen in self.screens:
            if screen.may_see(it):
                screen.tell(it)


async def _heard(ears: "psycopg.AsyncConnection[Any]") -> set[int]:
    """The tickets at which somebody came, went or began to write."""
    found: set[int] = set()
    heard = ears.notifies(timeout=GATHER_SECONDS)
    async with contextlib.aclosing(heard):
        async for notice in heard:
            found |= {int(word) for word in notice.payload.split() if word.isdigit()}
    return found


async def _looks(ears: "psycopg.AsyncConnection[Any]", tickets: Iterable[int]) -> list[Looks]:
    statement = text_of("console/presence/queries/looks.sql")
    cursor = await ears.execute(statement, {"tickets": sorted(tickets)})
    found = []
    for ticket, team, assignee, people in await cursor.fetchall():
        found.append(Looks(ticket, team, assignee, tuple(people_in(people))))
    return found
