"""One deed to many requests: what is changed, what is refused, and the way back."""

import re

import pytest

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.console.many.deeds import Deed, read_deed
from unbroken.console.models import DoneToMany
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import ticket_facts
from unbroken.conversation.queries.tickets import TicketFacts
from unbroken.ground.clock import now
from unbroken.ground.log import events_of


def facts(ticket: TicketId) -> TicketFacts:
    """A request as it stands."""
    found = ticket_facts(ticket)
    assert found is not None
    return found


def kinds(ticket: TicketId) -> list[str]:
    """What happened to it."""
    return [event.kind for event in events_of([f"ticket:{ticket}"])]


def test_every_deed_is_done_to_all_and_taken_back(desk: Desk) -> None:
    sofie = desk.client(SOFIE)
    deeds = (
        (f"agent:{desk.agents[TIMO]}", ""),
        (f"team:{desk.teams['routers']}", ""),
        ("priority:critical", ""),
        ("tag:add", "Cable-44"),
        ("state:hold-partner", ""),
        ("state:ask", ""),
        ("state:resolve", ""),
        ("state:close", ""),
    )
    for deed, word in deeds:
        two = [desk.asks("Anneke de Wit", deed), desk.asks("Bram Visser", deed)]
        for ticket in two:
            record.start_work(ticket_id=ticket, by=desk.by(SOFIE), at=now())
        before = [facts(ticket) for ticket in two]

        answer = sofie.post("/console/many", {"ticket": two, "deed": deed, "word": word})

        assert answer.status_code == 303, deed
        assert all(facts(one.id).version > one.version for one in before), deed  # type: ignore[arg-type]
        done = DoneToMany.objects.latest("id")
        page = sofie.post(f"/console/many/{done.pk}/undo").content.decode()
        assert "2 requests are as they were." in page, deed
        for one in before:
            there = facts(TicketId(one.id))
            assert (there.status, there.team_id, there.assignee_id, there.priority, there.tags) == (
                one.status, one.team_id, one.assignee_id, one.priority, one.tags
            ), deed  # fmt: skip


def test_what_is_refused_is_named_and_stops_nothing_else(desk: Desk) -> None:
    fresh, over = desk.asks("Anneke de Wit", "fresh"), desk.asks("Bram Visser", "over")
    record.resolve_ticket(ticket_id=over, by=desk.by(SOFIE), at=now())
    sofie = desk.client(SOFIE)

    answer = sofie.post("/console/many", {"ticket": [fresh, over], "deed": "state:start"})
    page = sofie.get(answer["Location"]).content.decode()

    assert facts(fresh).status == "inProgress"
    assert "1 request changed." in page
    assert "1 refused." in page
    assert re.search(rf"{over}</a> – A request that is", page)


def test_nothing_is_taken_back_where_somebody_went_on(desk: Desk) -> None:
    """The accident: undo, a minute later, over what a colleague has done meanwhile."""
    mine, theirs = desk.asks("Anneke de Wit", "a"), desk.asks("Bram Visser", "b")
    sofie = desk.client(SOFIE)
    sofie.post("/console/many", {"ticket": [mine, theirs], "deed": "tag:add", "word": "x"})
    record.start_work(ticket_id=theirs, by=desk.by(TIMO), at=now())
    done = DoneToMany.objects.get()

    page = sofie.post(f"/console/many/{done.pk}/undo").content.decode()

    assert "1 request is as it was." in page
    assert "Somebody has gone on with it since." in page
    assert (facts(mine).tags, facts(theirs).tags) == ((), ("x",))
    again = sofie.post(f"/console/many/{done.pk}/undo").content.decode()
    assert "taken back already" in again
    assert kinds(mine)[-2:] == ["ticket.tagged", "ticket.tagged"]


def test_nobody_changes_what_they_do_not_see_nor_undoes_what_another_did(desk: Desk) -> None:
    """Attack: numbers of another queue in the form; the number of somebody else's deed."""
    hidden = desk.asks("Anneke de Wit", "hidden", team="routers")
    shown = desk.asks("Anneke de Wit", "shown")
    sofie = desk.client(SOFIE)

    sofie.post("/console/many", {"ticket": [hidden, shown], "deed": "tag:add", "word": "x"})

    assert (facts(hidden).tags, facts(shown).tags) == ((), ("x",))
    done = DoneToMany.objects.get()
    timo = desk.client(TIMO)
    assert timo.get(f"/console/many/{done.pk}").status_code == 404
    assert timo.post(f"/console/many/{done.pk}/undo").status_code == 404
    assert f"many/{done.pk}/undo" not in timo.get(f"/console/?done={done.pk}").content.decode()


@pytest.mark.parametrize(
    "key", ["", "state:", "state:cancel", "agent:x", "agent:" + "9" * 30, "tag:add", "x:y"]
)
def test_a_deed_that_makes_no_sense_is_none(key: str) -> None:
    assert read_deed(key) is None


def test_a_deed_is_read_with_its_word() -> None:
    assert read_deed("tag:add", " Cable-44 ") == Deed("tag", "add", "cable-44")


def test_single_keys_are_switched_off_for_one_person(desk: Desk) -> None:
    sofie, timo = desk.client(SOFIE), desk.client(TIMO)
    assert "data-off" not in sofie.get("/console/").content.decode()

    sofie.post("/console/habits", {})

    assert "data-off" in sofie.get("/console/").content.decode()
    assert "data-off" not in timo.get("/console/").content.decode()


def test_all_that_match_are_counted_and_shown_first_and_only_those_are_changed(desk: Desk) -> None:
    two = [desk.asks("Anneke de Wit", "slow till"), desk.asks("Bram Visser", "slow till")]
    other = desk.asks("Anneke de Wit", "lamp")
    hidden = desk.asks("Anneke de Wit", "slow till", team="routers")
    sofie = desk.client(SOFIE)

    form = {"words": "till", "deed": "tag:add", "word": "Cash", "all": "1", "ticket": [two[0]]}
    page = sofie.post("/console/many", form).content.decode()
    assert "2 requests of this list (till)" in page
    shown = [int(one) for one in re.findall(r'name="ticket" value="(\d+)"', page)]
    assert sorted(shown) == sorted(two)
    assert not any(facts(one).tags for one in two)

    later = desk.asks("Bram Visser", "slow till")
    sure = {"sure": "1", "words": "till", "deed": "tag:add", "word": "cash", "ticket": shown}
    assert sofie.post("/console/many", sure).status_code == 303
    assert [list(facts(one).tags) for one in two] == [["cash"], ["cash"]]
    assert not any(facts(one).tags for one in (other, hidden, later))
