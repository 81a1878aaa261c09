"""News for open screens, over a real connection that listens; so these tests really commit."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from tests.console.desk import SOFIE, TIMO, Desk, ago, open_desk
from unbroken.console import live, news
from unbroken.console.news import RENEW, WAITING_MAX, Happened, News, Screen
from unbroken.console.presence.keeper import Looks
from unbroken.console.presence.state import note_writing
from unbroken.conversation import actions as record
from unbroken.conversation.states import PRIORITIES
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise.actions import (
    plant_agreements,
    recount_clocks,
    recount_stale,
    set_agreement,
)
from unbroken.promise.book import Aim
from unbroken.promise.presets import DEFAULT

SECONDS_MAX = 120.0


@pytest.fixture
def committed(transactional_db: None, settings: Any) -> Desk:
    """A desk whose rows others can see."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return open_desk()


class Line:
    """An open page: what it was told, and how it leaves."""

    def __init__(self, desk: Desk, who: str, query: str = "", **headers: str) -> None:
        cookie = desk.client(who).cookies["unbroken_session"].value if who else "nonsense"
        pairs = {"cookie": f"unbroken_session={cookie}", **headers}
        self.scope: Any = {
            "type": "http",
            "path": "/live",
            "query_string": query.encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in pairs.items()],
        }
        self.told: asyncio.Queue[str] = asyncio.Queue()
        self.status = 0
        self.gone = asyncio.Event()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message.get("body"):
            await self.told.put(message["body"].decode())

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def next_news(self) -> dict[str, Any]:
        """The next news with a number; renewals and greetings are passed over."""
        async with asyncio.timeout(SECONDS_MAX):
            while True:
                text = await self.told.get()
                if "event: news" in text and text.startswith("id: "):
                    data = json.loads(text.split("data: ")[1])
                    return {"id": int(text[4:].split("\n")[0]), **data}

    async def is_quiet(self, seconds: float = 0.3) -> bool:
        """Whether nothing with a number comes for a while."""
        try:
            async with asyncio.timeout(seconds):
                await self.next_news()
        except TimeoutError:
            return True
        return False


def watch(line: Line, story: Callable[[], Awaitable[None]]) -> None:
    """Open the line, let the story happen, close it."""

    async def run() -> None:
        opened = asyncio.ensure_future(live.stream(line.scope, line.receive, line.send))
        try:
            async with asyncio.timeout(SECONDS_MAX):
                while not line.status:
                    await asyncio.sleep(0.01)
            if line.status == 200:
                await _listening()
            await story()
        finally:
            line.gone.set()
            await asyncio.wait_for(opened, SECONDS_MAX)
            room = news.news_room()
            if room.listening is not None:
                room.listening.cancel()
                await asyncio.gather(room.listening, return_exceptions=True)
            await sync_to_async(connections.close_all)()

    asyncio.run(run())


async def _listening() -> None:
    """Until the process hears."""
    async with asyncio.timeout(SECONDS_MAX):
        while not news.news_room().is_listening:
            await asyncio.sleep(0.01)


def test_a_new_message_reaches_the_open_page(committed: Desk) -> None:
    ticket = committed.asks("Anneke de Wit", "lamp")
    line = Line(committed, SOFIE, f"ticket={ticket}")

    async def story() -> None:
        await sync_to_async(committed.writes)("Anneke de Wit", ticket, "still dark")
        news_of = await line.next_news()
        assert news_of["ticket"] == ticket
        last = await sync_to_async(lambda: events_of([f"ticket:{ticket}"])[-1].id)()
        assert news_of["id"] == last

    watch(line, story)


async def looks_at(line: Line) -> dict[str, Any]:
    """What a page is told next about who looks and writes."""
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            text = await line.told.get()
            if text.startswith("event: looks"):
                data: dict[str, Any] = json.loads(text.split("data: ")[1])
                return data


def test_who_looks_and_writes_is_told_to_who_may_see_it_and_ends(committed: Desk) -> None:
    """Sofie's list hears of Timo on her queue's ticket, and not of him on the routers' one."""
    mine = committed.asks("Anneke de Wit", "lamp")
    routers = committed.asks("Bram Visser", "slow", team="routers")
    line, theirs = Line(committed, SOFIE), Line(committed, TIMO, f"ticket={routers}")
    timo = Line(committed, TIMO, f"ticket={mine}")

    async def story() -> None:
        others = [
            asyncio.ensure_future(live.stream(one.scope, one.receive, one.send))
            for one in (theirs, timo)
        ]
        here = await looks_at(line)
        await sync_to_async(note_writing)(
            agent_id=committed.agents[TIMO], ticket_id=mine, writes=True
        )
        writes = await looks_at(line)
        theirs.gone.set()
        timo.gone.set()
        await asyncio.gather(*others)
        nobody = await looks_at(line)
        assert [one["ticket"] for one in (here, writes, nobody)] == [mine] * 3
        (person,) = here["people"]
        assert (person["name"], person["writes"]) == ("Timo Brandt", 0)
        assert writes["people"][0]["writes"] > 0
        assert nobody["people"] == []

    watch(line, story)


def test_a_list_hears_of_its_own_queues_only(committed: Desk) -> None:
    line = Line(committed, SOFIE)

    async def story() -> None:
        await sync_to_async(committed.asks)("Bram Visser", "slow", team="routers")
        mine = await sync_to_async(committed.asks)("Anneke de Wit", "lamp")
        told = [await line.next_news()]
        while told[-1]["ticket"] != mine:
            told.append(await line.next_news())
        assert mine in {one["ticket"] for one in told}

    watch(line, story)


def test_a_promise_that_is_counted_anew_reaches_the_open_page(committed: Desk) -> None:
    """The timer recounts after a change of an agreement: nothing happened to the ticket itself."""
    plant_agreements(timezone="UTC", by=HOUSE, at=ago(days=9))
    ticket = committed.asks("Anneke de Wit", "lamp")
    recount_clocks(stream=f"ticket:{ticket}", by=HOUSE, at=now())
    last = events_of([f"ticket:{ticket}"])[-1].id
    line = Line(committed, SOFIE, f"ticket={ticket}&since={last}")
    shorter = Aim("first_answer", "", dict.fromkeys(PRIORITIES, 60), 0.5)

    async def story() -> None:
        await sync_to_async(recount_clocks)(stream=f"ticket:{ticket}", by=HOUSE, at=now())
        assert await line.is_quiet()
        await sync_to_async(set_agreement)(
            key=DEFAULT, name="Shorter", calendar="round-the-clock", objectives=[shorter],
            by=HOUSE, at=now(),
        )  # fmt: skip
        assert await sync_to_async(recount_stale)(at=now()) == 1
        assert await line.next_news() == {"id": last, "ticket": ticket}

    watch(line, story)


def test_whoever_loses_a_request_hears_of_it_too(committed: Desk) -> None:
    ticket = committed.asks("Anneke de Wit", "lamp")
    line = Line(committed, SOFIE)

    async def story() -> None:
        await sync_to_async(record.assign_ticket)(
            ticket_id=ticket, team_id=committed.teams["routers"], agent_id=None,
            by=committed.by(TIMO), at=now(),
        )  # fmt: skip
        assert (await line.next_news())["ticket"] == ticket

    watch(line, story)


@pytest.mark.parametrize("who", ["", SOFIE])
def test_nobody_listens_to_what_they_may_not_see(committed: Desk, who: str) -> None:
    """The attack: opening a line without signing in, or to another team's ticket."""
    ticket = committed.asks("Anneke de Wit", "for routers", team="routers")
    line = Line(committed, who, f"ticket={ticket}")

    async def story() -> None:
        assert line.status == 403

    watch(line, story)


def test_a_page_that_was_cut_off_is_told_that_it_missed_something(committed: Desk) -> None:
    ticket = committed.asks("Anneke de Wit", "lamp")
    heard = events_of([f"ticket:{ticket}"])[-1].id
    committed.writes("Anneke de Wit", ticket, "meanwhile")
    missed = Line(committed, SOFIE, f"ticket={ticket}", last_event_id=str(heard))
    current = Line(committed, SOFIE, f"ticket={ticket}&since={heard + 1}")

    async def story() -> None:
        assert (await missed.next_news())["ticket"] == ticket

    async def nothing() -> None:
        assert await current.is_quiet()

    watch(missed, story)
    watch(current, nothing)


def test_a_screen_that_cannot_keep_up_is_told_to_renew_itself() -> None:
    """The accident: a browser that reads slowly must not fill our memory."""

    async def run() -> None:
        screen = Screen(agent=1, teams=frozenset({1}), sees_all=False)
        for number in range(WAITING_MAX + 1):
            screen.tell(News(1, number))
        assert screen.waiting.qsize() == 1
        assert screen.waiting.get_nowait() == RENEW

    asyncio.run(run())


def test_who_hears_what() -> None:
    async def run() -> None:
        mine = Screen(agent=1, teams=frozenset({1}), sees_all=False)
        all_of_it = Screen(agent=9, teams=frozenset(), sees_all=True)
        one = Screen(agent=1, teams=frozenset({1}), sees_all=False, ticket=7)
        for happened, heard in (
            (Happened(7, 1, None, 5, None, None), (True, True, True)),
            (Happened(8, 2, None, 5, None, None), (False, True, False)),
            (Happened(8, 2, 1, 5, None, None), (True, True, False)),
            (Happened(8, 2, None, 5, 1, None), (True, True, False)),
            (Happened(8, None, None, 5, None, None), (True, True, False)),
        ):
            assert tuple(s.hears(happened) for s in (mine, all_of_it, one)) == heard

    asyncio.run(run())


def test_a_screen_on_a_wall_is_not_told_who_looks_at_what() -> None:
    """Attack: the address of a wall is kept, to follow what each agent opens and writes on."""
    looks = Looks(7, 1, None, ((3, "Sofie", 0),))

    assert not Screen(0, frozenset({1}), False).may_see(looks)
    assert Screen(4, frozenset({1}), False).may_see(looks)
