"""Rules on tickets: what they do, in which order, and what keeps them from doing harm."""

from datetime import datetime, timedelta

import pytest

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.conversation import actions as record
from unbroken.conversation.history import PastTicket, write_tickets
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Opening
from unbroken.conversation.queries import messages_of, ticket_facts
from unbroken.conversation.queries.tickets import TicketFacts
from unbroken.ground import retention
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.history import Historian
from unbroken.ground.keeping import kinds
from unbroken.ground.log import events_of
from unbroken.ground.postman import empty_box
from unbroken.house import doctor_desk
from unbroken.routines import doing, dry, firing, state
from unbroken.routines.actions import move_rule, set_rule, switch_rule
from unbroken.routines.dry import rehearse
from unbroken.routines.ids import RuleId
from unbroken.routines.models import RuleFiring, RuleWait
from unbroken.routines.queries.rules import tripped_since
from unbroken.routines.sheets import RuleSheet
from unbroken.staffing.actions import give_role, set_status
from unbroken.staffing.ids import AgentId

START = now() - timedelta(days=40)


def rule(*, on: tuple[str, ...] = ("wrote",), since: datetime = START, **given: object) -> RuleId:
    """A rule that is switched on."""
    number = set_rule(RuleSheet.read({"name": "Rule", "on": on, **given}), by=HOUSE, at=since)
    switch_rule(rule_id=number, on=True, by=HOUSE, at=since)
    return number


def settle() -> None:
    """Rules look at all that happened, and at what follows from that."""
    while empty_box("routines"):
        pass


def facts(ticket: TicketId) -> TicketFacts:
    """A ticket as it stands."""
    found = ticket_facts(ticket)
    assert found is not None
    return found


def outcomes(number: RuleId) -> list[str]:
    """What became of it, each time."""
    return list(RuleFiring.objects.filter(rule_id=number).values_list("outcome", flat=True))


def test_a_rule_looks_at_what_custom_fields_hold_now(desk: Desk) -> None:
    topic = record.set_topic(key="net", names={"en": "Net"}, by=HOUSE, at=START)
    record.set_field(
        key="floors", topic_id=topic, kind="number", names={"en": "Floors"}, by=HOUSE, at=START
    )
    rule(conditions={"field": ["Floors=3"]}, steps={"add": ["tall"]})
    fits, other = desk.asks("Anneke de Wit", "lamp"), desk.asks("Bram Visser", "till")
    for ticket, floors in ((fits, "3.0"), (other, "4")):
        record.classify_ticket(ticket_id=ticket, topic_id=topic, by=HOUSE, at=now())
        record.fill_fields(ticket_id=ticket, typed={"floors": floors}, by=HOUSE, at=now())
    settle()

    for name, ticket in (("Anneke de Wit", fits), ("Bram Visser", other)):
        desk.writes(name, ticket, "And?")
    settle()

    assert (facts(fits).tags, facts(other).tags) == (("tall",), ())


def test_a_rule_acts_where_its_conditions_hold_and_says_why(desk: Desk) -> None:
    number = rule(
        on=("new",),
        conditions={"subject": ["lamp"]},
        steps={"add": ["line"], "reply": {"en": "Dear {customer}, we look."}},
    )
    fits, other = desk.asks("Anneke de Wit", "The lamp"), desk.asks("Bram Visser", "A bill")

    settle()

    assert (facts(fits).tags, facts(other).tags) == (("line",), ())
    assert messages_of(fits)[-1].words == "Dear Anneke de Wit, we look."
    told = events_of([f"ticket:{fits}"])[-1]
    assert (told.kind, told.by) == ("ticket.rule_acted", f"house:rule:{number}")
    line = RuleFiring.objects.get()
    assert line.why["judged"][0]["found"] == ["the lamp"]
    page = desk.client(SOFIE).get(f"/console/tickets/{fits}").content.decode()
    assert "Rule “Rule” acted" in page


def test_a_rule_that_causes_its_own_event_does_not_start_itself_again(desk: Desk) -> None:
    """Accident: "when tags change, change the tags"."""
    number = rule(on=("tagged",), steps={"add": ["seen"], "remove": ["x"]})
    back = rule(on=("tagged",), steps={"add": ["x"], "remove": ["seen"]})
    ticket = desk.asks("Anneke de Wit", "The lamp")
    record.tag_ticket(ticket_id=ticket, add=["x"], by=desk.by(SOFIE), at=now())

    settle()

    assert outcomes(number).count("done") + outcomes(back).count("done") < 10
    assert "itself" in outcomes(number) + outcomes(back)
    for chain in RuleFiring.objects.filter(outcome="done").values_list("chain", flat=True):
        assert len(set(chain)) == len(chain)
    assert tripped_since(START), "administrators are told"


def test_too_much_within_an_hour_is_stopped(desk: Desk) -> None:
    """Accident: two desks answer each other for ever."""
    number = rule(on=("noted",), steps={"add": ["n"]})
    ticket = desk.asks("Anneke de Wit", "The lamp")
    for n in range(22):
        record.note_ticket(ticket_id=ticket, words=f"note {n}", by=desk.by(SOFIE), at=now())

    settle()

    assert outcomes(number) == ["done"] * 20 + ["often"] * 2


def test_order_and_stop(desk: Desk) -> None:
    first = rule(on=("new",), steps={"add": ["first"]})
    last = rule(on=("new",), steps={"add": ["last"]}, stop=True)
    move_rule(rule_id=last, up=True, by=HOUSE, at=now())
    ticket = desk.asks("Anneke de Wit", "The lamp")

    settle()

    assert facts(ticket).tags == ("last",)
    assert outcomes(first) == []


def test_a_rule_answers_no_machine_and_does_nothing_by_halves(desk: Desk) -> None:
    """Attack: a mail robot that answers every answer."""
    number = rule(on=("new",), steps={"add": ["seen"], "reply": {"en": "Hello."}})
    ticket = desk.asks("Anneke de Wit", "Out of office", may_answer=False)  # type: ignore[arg-type]

    settle()

    assert outcomes(number) == ["refused"]
    assert facts(ticket).tags == ()
    assert all(one.direction == "in" for one in messages_of(ticket))


def test_what_is_past_and_what_was_taken_in_starts_nothing(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "The lamp")
    number = rule(on=("new",), since=now() + timedelta(seconds=1), steps={"add": ["seen"]})

    settle()

    assert facts(ticket).tags == ()
    assert outcomes(number) == []


def test_a_rule_that_waits_acts_when_nobody_answered_and_once(desk: Desk) -> None:
    number = rule(on=(), base="wrote", hours=4, steps={"priority": "high"})
    late = desk.asks("Anneke de Wit", "one", at=now() - timedelta(hours=1))
    answered = desk.asks("Bram Visser", "two", at=now() - timedelta(hours=1))
    record.reply(ticket_id=answered, words="Done.", goes_to=None, by=desk.by(SOFIE), at=now())
    settle()
    assert RuleWait.objects.values_list("ticket_id", flat=True).get() == late

    assert firing.ring(at=now()) == 0
    assert firing.ring(at=now() + timedelta(hours=4)) == 1
    assert firing.ring(at=now() + timedelta(hours=9)) == 0
    settle()

    assert outcomes(number) == ["done"]
    assert (facts(late).priority, facts(answered).priority) == ("high", "moderate")
    assert not RuleWait.objects.exists(), "once for each time the customer waited"


def test_a_new_rule_that_waits_finds_the_requests_that_are_open(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "one", at=now() - timedelta(hours=1))
    settle()
    rule(on=(), base="state", hours=48, since=now(), steps={"add": ["old"]})

    while firing.seed(at=now()):
        pass

    assert RuleWait.objects.get().ticket_id == ticket
    firing.ring(at=now() + timedelta(hours=48))
    assert facts(ticket).tags == ("old",)


def test_a_dry_run_says_where_and_why_and_does_nothing(desk: Desk) -> None:
    fits = desk.asks("Anneke de Wit", "The lamp", at=now() - timedelta(days=3))
    desk.asks("Bram Visser", "A bill", at=now() - timedelta(days=3))
    record.tag_ticket(ticket_id=fits, add=["later"], by=HOUSE, at=now() - timedelta(days=2))
    sheet = RuleSheet.read(
        {
            "name": "x",
            "on": ["new"],
            "conditions": {"subject": ["lamp"], "no_tag": ["later"]},
            "steps": {"add": ["x"]},
        }
    )

    found = rehearse(sheet, at=now())

    assert (found.count, found.looked_at, found.failed) == (1, 2, {"subject": 1})
    assert found.hits[0].number == fits
    assert not RuleFiring.objects.exists()
    waits = RuleSheet.read({"name": "x", "base": "wrote", "hours": 24, "steps": {"add": ["x"]}})
    assert rehearse(waits, at=now()).count == 2


def test_somebody_is_told_by_name(desk: Desk) -> None:
    rule(on=("new",), name="Look", steps={"tell_agent": str(desk.agents[SOFIE])})
    ticket = desk.asks("Anneke de Wit", "The lamp")

    settle()

    assert messages_of(ticket)[-1].words == "@Sofie Marchetti: Look"


@pytest.mark.parametrize("who", [SOFIE])
def test_only_who_may_write_rules_sees_them(desk: Desk, who: str) -> None:
    assert desk.client(who).get("/console/rules").status_code == 403


def test_old_lines_of_the_log_go(desk: Desk) -> None:
    number, ticket = rule(steps={"add": ["x"]}), desk.asks("Anneke de Wit", "one")
    long_ago = START - timedelta(days=60)
    state.note_firing(number, ticket, at=long_ago, outcome="done", judged=(), chain=[])

    assert retention.remove(kinds()["firings"], 90, at=now() + timedelta(days=31)) == (1, False)


def test_a_lead_writes_a_rule_tries_it_and_switches_it_on(desk: Desk) -> None:
    lead = desk.agents[VERA]
    give_role(agent_id=AgentId(lead), role="admin", by=HOUSE, at=now())
    desk.asks("Anneke de Wit", "A bill", at=now() - timedelta(days=1))
    vera = desk.client(VERA)
    form = {"name": "Late", "on": ["new"], "do_add": "seen", "if_subject": "lamp"}

    page = vera.post("/console/rules/new", {**form, "dry": "30"}).content.decode()
    assert "In these days it would have acted 0 times." in page
    assert "1 request was looked at: all there are." in page
    assert "One of these words in the subject: did not hold (1)" in page
    address = vera.post("/console/rules/new", form)["Location"]
    vera.post(f"{address}/switch", {"on": "yes"})

    assert "It acts since" in vera.get(address).content.decode()
    assert "Late" in vera.get("/console/rules").content.decode()
    plan = {"name": "Backups", "subject": "Check", "first": "2030-01-31", "at": "08:00"}
    plan |= {"zone": "Europe/Berlin", "every": "1", "unit": "month", "dry": "1"}
    assert "It would be made" in vera.post("/console/recurring/new", plan).content.decode()


def test_a_topic_that_never_was_is_refused_and_said(desk: Desk) -> None:
    """Attack: a forged form names it; the rule would fail for each request, for ever."""
    number = rule(steps={"topic": str(10**12)})
    lamp = desk.asks("Anneke de Wit", "lamp")
    settle()

    desk.writes("Anneke de Wit", lamp, "And?")
    settle()

    assert outcomes(number) == ["refused"]


def test_a_rule_that_fails_undoes_and_holds_up_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: one rule meets something on one ticket that we did not think of."""
    broken = rule(on=("noted",), base="wrote", hours=4, steps={"priority": "high"})
    sound = rule(on=("noted",), base="wrote", hours=4, steps={"add": ["late"]})
    first, second = desk.asks("Anneke de Wit", "one"), desk.asks("Bram Visser", "two")
    settle()
    levels = doing.levels_for
    monkeypatch.setattr(doing, "levels_for", lambda name: levels(name)[5])
    at = now() + timedelta(hours=4)

    for minutes in (0, 2, 20, 40):
        firing.ring(at=at + timedelta(minutes=minutes))

    assert [facts(one).tags for one in (first, second)] == [("late",)] * 2
    assert outcomes(broken) == ["failed"] * 2, "tried three times on each, then given up"
    assert not RuleWait.objects.filter(rule_id=broken).exists()
    why = RuleFiring.objects.filter(rule_id=broken)[0].why
    assert "IndexError" in why["refusal"]["values"]["error"]
    assert "“Rule” failed since yesterday" in doctor_desk.rules().problems[0]

    record.note_ticket(ticket_id=first, words="Hm.", by=desk.by(SOFIE), at=now())
    settle()
    assert outcomes(sound).count("done") == 2


def test_braces_that_a_customer_wrote_are_no_variable_of_ours(desk: Desk) -> None:
    """Accident: a subject like "{lamp}" kept every rule that says it from acting."""
    good = rule(on=("new",), steps={"note": {"en": "{subject}: look, {customer}."}})
    open_ = rule(on=("new",), steps={"note": {"en": "By {promise}."}})
    ticket = desk.asks("Anneke de Wit", "The {lamp} of {customer}")

    settle()

    assert (outcomes(good), outcomes(open_)) == (["done"], ["refused"])
    assert messages_of(ticket)[-1].words == "The {lamp} of {customer}: look, Anneke de Wit."


def test_a_rule_ends_nothing_that_lacks_something_and_the_log_says_what(desk: Desk) -> None:
    topic = record.set_topic(key="net", names={"en": "Net"}, by=HOUSE, at=START)
    record.set_field(
        key="port", topic_id=topic, kind="text", names={"en": "Port"}, at_closing=True,
        by=HOUSE, at=START,
    )  # fmt: skip
    number = rule(steps={"state": "resolve"})
    ticket = desk.asks("Anneke de Wit", "lamp")
    record.classify_ticket(ticket_id=ticket, topic_id=topic, by=HOUSE, at=now())
    desk.writes("Anneke de Wit", ticket, "thanks!")
    settle()

    assert facts(ticket).status == "acknowledged"
    assert outcomes(number) == ["refused"]
    page = desk.client(VERA).get(f"/console/rules/{number}").content.decode()
    assert "not done: Port is missing." in page


@pytest.mark.parametrize(("status", "taken"), [("here", True), ("away", False)])
def test_a_rule_gives_nothing_new_to_somebody_who_is_away(
    desk: Desk, status: str, taken: bool
) -> None:
    """Accident: the night's requests wait in the hands of whoever is on leave."""
    sofie = desk.agents[SOFIE]
    set_status(agent_id=AgentId(sofie), status=status, by=desk.by(SOFIE), at=now())
    number = rule(on=("new",), steps={"agent": str(sofie), "add": ["seen"]})
    ticket = desk.asks("Anneke de Wit", "The lamp")

    settle()

    found = facts(ticket)
    assert (found.assignee_id == sofie, found.tags) == (taken, ("seen",))
    assert found.team_id == desk.teams["first-line"], "its team has it, in any case"
    why = RuleFiring.objects.get(rule_id=number).why["refusal"]
    assert bool(why) is not taken


def test_history_that_was_adopted_is_judged_as_it_stands_and_the_rest_is_not(desk: Desk) -> None:
    """Accident: a rule answers ten thousand requests that were taken over from another desk."""
    number = rule(
        on=("tagged",),
        conditions={"subject": ["lamp"], "status": ["acknowledged"], "language": ["en"]},
        steps={"priority": "high"},
    )
    at = now() - timedelta(days=9)
    opening = Opening(name="The lamp", channel="mail", reported_at=at, contact_id=None)
    past = [PastTicket(opening, ()) for _one in range(2)]
    kept, adopted = write_tickets(past, historian=Historian())
    record.adopt_ticket(ticket_id=adopted, by=HOUSE, at=now())
    for ticket in (kept, adopted):
        record.tag_ticket(ticket_id=ticket, add=["x"], by=desk.by(SOFIE), at=now())

    settle()

    assert outcomes(number) == ["done"]
    assert (facts(kept).priority, facts(adopted).priority) == ("moderate", "high")


def test_a_dry_run_says_on_how_many_of_how_many_requests_it_looked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (3, 20, 60):
        desk.asks("Anneke de Wit", f"The lamp {days}", at=now() - timedelta(days=days))
    sheet = RuleSheet.read({"name": "x", "on": ["new"], "steps": {"add": ["x"]}})
    for days, count in ((7, 1), (30, 2), (90, 3)):
        found = rehearse(sheet, at=now(), days=days)
        assert (found.count, found.tickets, found.of, found.is_cut) == (count, count, count, False)

    monkeypatch.setattr(dry, "TICKETS_MAX", 2)
    found = rehearse(sheet, at=now(), days=90)
    assert (found.tickets, found.of, found.is_cut) == (2, 3, True)
    assert "lamp 60" not in [facts(hit.number).name for hit in found.hits], "the latest first"
