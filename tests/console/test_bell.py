"""The bell: it counts what waits for one agent, and nothing else; looking puts it out."""

import re

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from tests.console.test_live import Line, committed, watch  # noqa: F401 (a fixture)
from unbroken.console.bell import state
from unbroken.conversation import actions as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.promise.actions import plant_agreements, recount_clocks
from unbroken.promise.models import NextPromise
from unbroken.routing import actions as routing


def waits(desk: Desk, who: str) -> int:
    """What the bar of an ordinary page says."""
    drain()
    page = desk.client(who).get("/console/habits").content.decode()
    found = re.search(r'class="bell__count">(\d+)<', page)
    return int(found[1]) if found else 0


def given(desk: Desk, ticket: int, who: str, by: str) -> None:
    """Somebody gives somebody work."""
    routing.give_to_agent(
        ticket_id=ticket,  # type: ignore[arg-type]
        agent_id=desk.agents[who], by=desk.by(by), at=now(),
    )  # fmt: skip


def test_it_rings_for_work_given_and_words_on_it_until_looked_at(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    assert waits(desk, SOFIE) == 0, "what is nobody's yet rings for nobody"

    given(desk, ticket, SOFIE, by=TIMO)
    desk.writes("Anneke de Wit", ticket, "still dark")
    assert (waits(desk, SOFIE), waits(desk, TIMO)) == (1, 0)
    page = desk.client(SOFIE).get("/console/bell").content.decode()
    assert "They wrote · Given to you" in page
    desk.client(SOFIE).get(f"/console/tickets/{ticket}")
    assert waits(desk, SOFIE) == 0

    desk.writes("Anneke de Wit", ticket, "and still")
    assert waits(desk, SOFIE) == 1
    assert desk.client(SOFIE).post(f"/console/bell/{ticket}/seen").status_code == 303
    assert waits(desk, SOFIE) == 0


def test_what_one_does_oneself_does_not_ring(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    given(desk, ticket, SOFIE, by=SOFIE)
    record.watch_ticket(ticket_id=ticket, agent_id=desk.agents[SOFIE], by=desk.by(SOFIE), at=now())
    record.note_ticket(ticket_id=ticket, words="a note", by=desk.by(SOFIE), at=now())

    assert waits(desk, SOFIE) == 0


def test_it_rings_for_a_name_in_a_note_and_for_what_one_follows(desk: Desk) -> None:
    called, followed = desk.asks("Anneke de Wit", "lamp"), desk.asks("Bram Visser", "till")
    record.watch_ticket(ticket_id=followed, agent_id=desk.agents[TIMO], by=desk.by(TIMO), at=now())
    record.note_ticket(
        ticket_id=called, words="@Timo", mentions=[desk.agents[TIMO]], by=desk.by(SOFIE), at=now()
    )
    record.resolve_ticket(ticket_id=followed, by=desk.by(SOFIE), at=now())

    assert waits(desk, TIMO) == 2
    assert waits(desk, SOFIE) == 0


def test_who_was_asked_to_follow_hears_so_and_all_that_others_do(desk: Desk) -> None:
    ticket, client = desk.asks("Anneke de Wit", "lamp"), desk.client(TIMO)

    desk.client(SOFIE).post(f"/console/tickets/{ticket}/followers", {"agent": desk.agents[TIMO]})
    assert (waits(desk, TIMO), waits(desk, SOFIE)) == (1, 0)
    assert "You were asked to follow it" in client.get("/console/bell").content.decode()
    client.get(f"/console/tickets/{ticket}")
    assert waits(desk, TIMO) == 0

    for to, more in (("start", {}), ("ask", {}), ("cancel", {"reason": "Not needed."})):
        desk.client(SOFIE).post(f"/console/tickets/{ticket}/state", {"to": to, **more})
        assert waits(desk, TIMO) == (to != "start"), to
    given(desk, ticket, SOFIE, by=VERA)
    assert (waits(desk, TIMO), waits(desk, SOFIE)) == (1, 1)


def test_it_does_not_tell_of_a_request_that_left_ones_sight(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "secret")
    given(desk, ticket, SOFIE, by=TIMO)
    assert waits(desk, SOFIE) == 1
    routing.give_to_team(
        ticket_id=ticket, team_id=desk.teams["billing"], by=desk.by(VERA), at=now()
    )

    assert waits(desk, SOFIE) == 0
    assert "secret" not in desk.client(SOFIE).get("/console/bell").content.decode()


def test_a_promise_of_mine_that_comes_near_rings_once(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=ago(days=9))
    ticket = desk.asks("Anneke de Wit", "lamp")
    given(desk, ticket, SOFIE, by=SOFIE)
    drain()
    recount_clocks(stream=f"ticket:{ticket}", by=HOUSE, at=now())
    NextPromise.objects.filter(ticket_id=ticket).update(is_warned=True, due_at=ago(minutes=-30))

    state.ring_warnings(at=now())
    assert waits(desk, SOFIE) == 1
    desk.client(SOFIE).get(f"/console/tickets/{ticket}")
    state.ring_warnings(at=now())
    assert waits(desk, SOFIE) == 0


def test_the_bell_of_any_open_page_is_told_at_once(committed: Desk) -> None:  # noqa: F811
    line = Line(committed, SOFIE, "bell=1")

    async def story() -> None:
        import asyncio

        from asgiref.sync import sync_to_async

        def happens() -> None:
            ticket = committed.asks("Anneke de Wit", "lamp")
            given(committed, ticket, SOFIE, by=TIMO)
            drain()

        await sync_to_async(happens)()
        async with asyncio.timeout(15):
            while "event: bell" not in (told := await line.told.get()):
                assert "event: news" not in told or '"ticket": 0' in told
        assert line.status == 200

    watch(line, story)
