"""A macro and a rule hand over with all three parts, or not at all."""

import pytest

from tests.console.desk import SOFIE, TIMO, Desk
from tests.routines.test_rules import facts, outcomes, rule, settle
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import words_of
from unbroken.routines.actions import set_macro
from unbroken.routines.sheets import MacroSheet
from unbroken.routing.actions import give_to_agent
from unbroken.routing.models_chain import Leg
from unbroken.staffing.actions import set_status
from unbroken.staffing.ids import AgentId

PARTS = {
    "done": {"en": "Asked {customer} for the colour of the lamp."},
    "needed": {"en": "Look at the line.", "ru": "Посмотрите линию."},
    "due": "4",
}


def leg_of(ticket: TicketId) -> tuple[int | None, int | None, str | None]:
    """Who has it in the chain, and what is needed of them."""
    leg = Leg.objects.get(chain__ticket_id=ticket, state="given")
    assert leg.due_at is not None
    return leg.team_id, leg.agent_id, words_of([leg.needed_id])[leg.needed_id]


def test_a_macro_hands_over_what_was_done_what_is_needed_and_by_when(desk: Desk) -> None:
    ticket, timo = desk.asks("Anneke de Wit", "lamp"), desk.agents[TIMO]
    sheet = MacroSheet.read(
        {
            "name": "To Timo",
            "scope": "all",
            "steps": {"agent": str(timo), "note": {"en": "!"}} | PARTS,
        }
    )
    number = set_macro(sheet, by=desk.by(SOFIE), at=now())

    shown = desk.client(SOFIE).get(f"/console/tickets/{ticket}/macros/{number}").content.decode()
    desk.client(SOFIE).post(f"/console/tickets/{ticket}/macros/{number}")

    assert "Asked Anneke de Wit for the colour of the lamp." in shown
    _team, agent, needed = leg_of(ticket)
    assert (agent, needed) == (timo, "Look at the line.")
    assert facts(ticket).assignee_id == timo


def test_a_rule_hands_over_and_who_is_away_is_not_given_it(desk: Desk) -> None:
    timo = desk.agents[TIMO]
    number = rule(steps={"agent": str(timo)} | PARTS)
    set_status(agent_id=AgentId(timo), status="away", by=desk.by(TIMO), at=now())
    ticket = desk.asks("Anneke de Wit", "lamp")
    give_to_agent(ticket_id=ticket, agent_id=AgentId(desk.agents[SOFIE]), by=HOUSE, at=now())
    settle()
    desk.writes("Anneke de Wit", ticket, "And?")
    settle()

    team, agent, needed = leg_of(ticket)
    assert (agent, needed) == (None, "Look at the line.")
    assert facts(ticket).team_id == team
    assert outcomes(number)[-1] == "done"


@pytest.mark.parametrize(
    "steps",
    [
        PARTS,
        {"team": "1", "done": PARTS["done"], "due": "4"},
        {"team": "1"} | PARTS | {"due": "5"},
    ],
    ids=["to nobody", "nothing needed", "no such time"],
)
def test_half_a_hand_over_is_not_kept(desk: Desk, steps: dict[str, object]) -> None:
    with pytest.raises(Refused):
        set_macro(
            MacroSheet.read({"name": "Half", "scope": "all", "steps": steps}),
            by=desk.by(SOFIE),
            at=now(),
        )
