"""Handing over: done, needed from you, by when; and what the receiver may do with it."""

import pytest

from tests.town_fixture import town as town
from town.times import moment
from town.town import Town
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.routing.actions import chain
from unbroken.routing.actions.plan import add_leg, drop_leg, lay_plan, set_plan
from unbroken.routing.chain.happening import ALOUD_MAX, Standing, happening
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.routing.chain.reading import chain_view
from unbroken.routing.models_chain import Chain
from unbroken.staffing import queries as staff


def _parcel(at: str = "mon 15:00", **more: str) -> Parcel:
    said = {"done": "Route missing since 06:10.", "needed": "Put the route back.", "language": "en"}
    facts = (("port", "eth 1/12"), ("consent", "after"))
    return Parcel(due_at=moment(at), facts=facts, evidence=("line",), **(said | more))  # type: ignore[arg-type]


def _to(town: Town, key: str, who: str = "") -> Hands:
    team = staff.team_by_key(key)
    assert team is not None
    return Hands(team.id, getattr(town, who).card.id if who else None)


@pytest.fixture
def asked(town: Town) -> TicketId:
    """A request that Sofie of the first line has taken."""
    ticket = town.anneke.reports("the routing is broken", at="mon 08:00")
    town.sofie.takes(ticket, at="mon 08:30")
    return ticket


def _hand(town: Town, ticket: TicketId, key: str = "routers", at: str = "mon 09:00") -> None:
    by = town.sofie if key != "first-line" else town.timo
    chain.hand_over(
        ticket_id=ticket, to=_to(town, key), parcel=_parcel(), by=by.actor, at=moment(at)
    )
    drain(at=moment(at))


def test_handing_over_moves_the_request_and_keeps_the_three_parts(
    town: Town, asked: TicketId
) -> None:
    _hand(town, asked)

    first, second = chain_view(asked).legs
    assert (first.state, first.done, first.shown_by) == (
        "done", "Route missing since 06:10.", ("line",),
    )  # fmt: skip
    assert (second.state, second.needed, second.due_at) == (
        "given", "Put the route back.", moment("mon 15:00"),
    )  # fmt: skip
    assert [pair[2] for pair in second.pairs] == ["eth 1/12", "yes, after office hours"]
    facts = conversation.ticket_facts(asked)
    assert facts is not None
    assert (facts.team_id, facts.assignee_id) == (second.team_id, None)


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"done": " "}, "chain.needs_done"),
        ({"needed": ""}, "chain.needs_needed"),
        ({"needed": "x" * 301}, "chain.needed_long"),
        ({"at": "mon 08:00"}, "chain.due_past"),
    ],
)
def test_nothing_is_handed_over_without_its_three_parts(
    town: Town, asked: TicketId, missing: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused) as refused:
        chain.hand_over(
            ticket_id=asked,
            to=_to(town, "routers"),
            parcel=_parcel(**missing),
            by=town.sofie.actor,
            at=moment("mon 09:00"),
        )
    assert refused.value.key == why
    assert chain_view(asked).legs == ()


def test_the_receiver_asks_back_is_answered_and_accepts(town: Town, asked: TicketId) -> None:
    _hand(town, asked)
    timo = town.timo

    chain.ask_back(ticket_id=asked, words="Which VLAN?", by=timo.actor, at=moment("mon 09:10"))
    assert chain_view(asked).current.state == "asked"  # type: ignore[union-attr]
    chain.answer_back(ticket_id=asked, words="12", by=town.sofie.actor, at=moment("mon 09:20"))
    chain.accept_leg(ticket_id=asked, agent_id=timo.card.id, by=timo.actor, at=moment("mon 09:30"))
    drain(at=moment("mon 09:30"))

    leg = chain_view(asked).current
    assert leg is not None
    assert (leg.state, leg.agent_id, leg.asked, leg.answered) == (
        "working", timo.card.id, "Which VLAN?", "12",
    )  # fmt: skip


def test_a_second_return_to_the_same_team_is_counted(town: Town, asked: TicketId) -> None:
    for at, back in (("mon 09:00", "mon 09:10"), ("mon 10:00", "mon 10:10")):
        _hand(town, asked, at=at)
        chain.return_leg(
            ticket_id=asked, reason="Not a router.", by=town.timo.actor, at=moment(back)
        )
        drain(at=moment(back))

    told = [one for one in events_of(_streams(asked)) if one.kind == "chain.returned"]
    assert [one.data["times"] for one in told] == [1, 2]
    facts, current = conversation.ticket_facts(asked), chain_view(asked).current
    assert facts is not None
    assert current is not None
    assert facts.assignee_id == town.sofie.card.id == current.agent_id
    assert current.needed == "Not a router."


def test_moved_without_a_word_is_a_leg_without_words_and_an_end_ends_all(
    town: Town, asked: TicketId
) -> None:
    _hand(town, asked)
    town.sofie.gives(asked, team="billing", at="mon 10:00")

    assert [one.state for one in chain_view(asked).legs] == ["done", "moved", "given"]
    record.resolve_ticket(ticket_id=asked, by=town.oleg.actor, at=moment("mon 11:00"))
    drain(at=moment("mon 11:00"))
    assert chain_view(asked).current is None


def test_who_is_asked_aside_is_a_leg_until_they_answer(town: Town, asked: TicketId) -> None:
    record.open_side(
        ticket_id=asked,
        to=(("NetCo", "noc@netco.example"),),
        subject="Circuit 12",
        words="Down?",
        by=town.sofie.actor,
        at=moment("mon 09:00"),
    )
    drain(at=moment("mon 09:00"))
    assert [(one.kind, one.whom) for one in chain_view(asked).beside] == [("side", "NetCo")]


def _streams(ticket: TicketId) -> list[str]:
    return [f"chain:{Chain.objects.get(ticket_id=ticket).pk}"]


@pytest.mark.parametrize("language", ["en", "ru", "it"])
def test_the_customers_words_name_nobody_and_are_read_aloud_in_time(
    town: Town, asked: TicketId, language: str
) -> None:
    _hand(town, asked)
    chain.accept_leg(
        ticket_id=asked, agent_id=town.timo.card.id, by=town.timo.actor, at=moment("mon 09:30")
    )
    chain.report_progress(
        ticket_id=asked, done=3, of=7, unit="port", by=town.timo.actor, at=moment("mon 10:00")
    )
    standing = Standing("inProgress", by=moment("mon 17:30"), looked_at=True)
    said = happening(
        chain_view(asked),
        standing,
        at=moment("mon 10:00"),
        at_words=lambda one: f"{one:%H:%M}",
        language=language,
    )

    internal = ("Timo", "Sofie", "Routers", "First line", "route", "eth")
    assert not [word for word in internal if word in said.customer + said.phone]
    assert {"3", "7"} <= set(said.phone)
    assert len(said.phone) <= ALOUD_MAX
    assert [word for word in ("Timo", "Put the route back.") if word not in said.agent] == []


def test_a_plan_is_laid_down_runs_beside_and_joins(town: Town, asked: TicketId) -> None:
    teams = {key: _to(town, key).team_id for key in ("first-line", "routers", "billing")}
    steps = [
        {"team": teams["first-line"], "names": {"en": "Look"}},
        {"team": teams["billing"], "names": {"en": "Bill"}, "beside": True},
        {"team": teams["routers"], "names": {"en": "Route"}, "says": {"en": "A route is set."}},
    ]
    set_plan(topic="internet", steps=steps, by=town.sofie.actor, at=moment("mon 08:40"))
    by, at = town.sofie.actor, moment("mon 08:50")
    lay_plan(ticket_id=asked, topic="internet", by=by, at=at)
    assert [one.name_in("en") for one in chain_view(asked).legs] == ["Look", "Bill", "Route"]

    add_leg(ticket_id=asked, team_id=teams["billing"], name="Check", language="en", by=by, at=at)
    last = chain_view(asked).ahead[-1]
    drop_leg(ticket_id=asked, leg_id=last.id, by=by, at=at)

    drain(at=at)
    beside = chain_view(asked).beside
    assert [(one.kind, one.subject) for one in beside] == [("child", "Bill")]
    with pytest.raises(Refused, match="Bill"):
        _hand(town, asked)

    record.resolve_ticket(
        ticket_id=TicketId(beside[0].child or 0), by=town.oleg.actor, at=moment("mon 08:55")
    )
    drain(at=moment("mon 08:55"))
    _hand(town, asked)
    current = chain_view(asked).current
    assert current is not None
    assert (current.name_in("en"), current.says_in("en")) == ("Route", "A route is set.")
