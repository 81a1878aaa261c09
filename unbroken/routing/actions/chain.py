"""The work on a request goes from hand to hand, and nobody loses the thread.

Whoever hands it over says what was done, what is needed and by when; whoever gets it accepts,
asks back, or gives it back with a reason. The request's team and person are conversation's: each
verb here that moves the work asks it to move them too, in the same transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import events_of
from unbroken.promise.legs import hands_of
from unbroken.routing.chain.parcel import (
    DONE_MAX,
    OF_MAX,
    UNITS,
    Hands,
    Parcel,
    check,
    clean_evidence,
    clean_facts,
)
from unbroken.routing.events_chain import (
    AskedAnswered,
    AskedBack,
    ChainBegun,
    HandedOver,
    LegAccepted,
    LegProgressed,
    LegReturned,
)
from unbroken.routing.models_chain import Chain, Leg

IN_WORK = ("given", "working", "asked")
"""States of a leg that somebody has now."""


def hand_over(*, ticket_id: TicketId, to: Hands, parcel: Parcel, by: Actor, at: datetime) -> int:
    """What was done, what is needed from whom, by when. Returns the leg that begins."""
    check(parcel, at=at)
    facts, evidence = clean_facts(parcel.facts), clean_evidence(parcel.evidence)
    with transaction.atomic():
        with change(Chain, chain_of(ticket_id, by=by, at=at), by=by, at=at) as chain:
            legs = legs_in(chain.id)
            before = in_hand(legs)
            if before and (before.team_id, before.agent_id) == (to.team_id, to.agent_id):
                raise Refused("chain.same_hands")
            done = chain.said(parcel.done.strip()[:DONE_MAX], whose=by)
            if before is not None:
                _end(chain, before, "done", done, parcel.language)
                before.evidence = evidence
            leg = _planned_for(legs, to.team_id) or _new_leg(chain, legs)
            needed = chain.said(parcel.needed.strip(), whose=by)
            _give(chain, leg, to, by=by)
            leg.needed_id, leg.language = needed, parcel.language
            leg.facts, leg.due_at = facts, parcel.due_at
            chain.add(leg)
            chain.tell(
                HandedOver(
                    ticket=ticket_id,
                    leg=leg.pk,
                    before=before.pk if before else None,
                    team=to.team_id,
                    agent=to.agent_id,
                    done=done,
                    needed=needed,
                    due_at=parcel.due_at,
                )
            )
        conversation.assign_ticket(
            ticket_id=ticket_id, team_id=to.team_id, agent_id=to.agent_id, by=by, at=at
        )
    return int(leg.pk)


def accept_leg(*, ticket_id: TicketId, agent_id: int, by: Actor, at: datetime) -> None:
    """Mine now. Accepted already by the same person changes nothing."""
    with transaction.atomic():
        with change(Chain, known_chain(ticket_id), by=by, at=at) as chain:
            leg = _leg_to_answer(chain.id, "given", "working")
            if leg.state == "working" and leg.agent_id == agent_id:
                return
            leg.state, leg.agent_id, leg.begun_at = "working", agent_id, leg.begun_at or chain.at
            chain.add(leg)
            chain.tell(LegAccepted(ticket=ticket_id, leg=leg.pk, agent=agent_id))
        conversation.assign_ticket(
            ticket_id=ticket_id, team_id=leg.team_id, agent_id=agent_id, by=by, at=at
        )
        facts = record.ticket_facts(ticket_id)
        if facts is not None and facts.status == "acknowledged":
            conversation.start_work(ticket_id=ticket_id, by=by, at=at)


def ask_back(*, ticket_id: TicketId, words: str, by: Actor, at: datetime) -> None:
    """A question first, to whoever handed it over: the request is in their hands until they answer.

    The leg stays with who asks.
    """
    if not words.strip():
        raise Refused("chain.needs_question")
    with transaction.atomic():
        with change(Chain, known_chain(ticket_id), by=by, at=at) as chain:
            legs = legs_in(chain.id)
            leg, giver = in_hand(legs), who_gave(legs)
            if leg is None or leg.state not in ("given", "working"):
                raise Refused("chain.not_here")
            if leg.given_by is None or giver is None:
                raise Refused("chain.nobody_gave")
            leg.state, leg.answered_id = "asked", None
            leg.asked_id = chain.said(words.strip()[:DONE_MAX], whose=by)
            leg.agent_id = leg.agent_id or by.id
            chain.add(leg)
            chain.tell(AskedBack(ticket=ticket_id, leg=leg.pk, words=leg.asked_id, of=leg.given_by))
        conversation.assign_ticket(
            ticket_id=ticket_id, team_id=giver.team_id, agent_id=leg.given_by, by=by, at=at
        )


def answer_back(*, ticket_id: TicketId, words: str, by: Actor, at: datetime) -> None:
    """The answer to a question about what was handed over: it goes back to who asked."""
    if not words.strip():
        raise Refused("chain.needs_question")
    with transaction.atomic():
        with change(Chain, known_chain(ticket_id), by=by, at=at) as chain:
            leg = _leg_to_answer(chain.id, "asked")
            leg.state = "working" if leg.begun_at else "given"
            leg.answered_id = chain.said(words.strip()[:DONE_MAX], whose=by)
            chain.add(leg)
            chain.tell(
                AskedAnswered(
                    ticket=ticket_id, leg=leg.pk, words=leg.answered_id, agent=leg.agent_id
                )
            )
        conversation.assign_ticket(
            ticket_id=ticket_id, team_id=leg.team_id, agent_id=leg.agent_id, by=by, at=at
        )


def return_leg(
    *, ticket_id: TicketId, reason: str, language: str = "", by: Actor, at: datetime
) -> int:
    """Back to whom it came from, with a reason. Returns the leg that begins there."""
    if not reason.strip():
        raise Refused("chain.needs_reason")
    with transaction.atomic():
        with change(Chain, known_chain(ticket_id), by=by, at=at) as chain:
            legs = legs_in(chain.id)
            leg = in_hand(legs)
            giver = who_gave(legs)
            if leg is None or giver is None:
                raise Refused("chain.nobody_gave")
            why = chain.said(reason.strip()[:DONE_MAX], whose=by)
            _end(chain, leg, "returned", why, language)
            back = _new_leg(chain, legs)
            _give(chain, back, Hands(giver.team_id or 0, leg.given_by), by=by)
            back.needed_id, back.language = why, language
            back.due_at = leg.due_at
            chain.add(back)
            times = 1 + sum(
                one.state == "returned" and _gave(legs, one) == giver.team_id
                for one in legs
                if one.pk != leg.pk
            )
            chain.tell(
                LegReturned(
                    ticket=ticket_id,
                    leg=back.pk,
                    before=leg.pk,
                    team=giver.team_id,
                    agent=leg.given_by,
                    reason=why,
                    times=times,
                    giver_team=leg.team_id,
                )
            )
        conversation.assign_ticket(
            ticket_id=ticket_id, team_id=back.team_id, agent_id=back.agent_id, by=by, at=at
        )
    return int(back.pk)


def report_progress(
    *, ticket_id: TicketId, done: int, of: int, unit: str, by: Actor, at: datetime
) -> None:
    """So many of so many; the customer sees it move. The same again changes nothing."""
    if unit not in UNITS or not 0 <= done <= of or not 1 <= of <= OF_MAX:
        raise Refused("chain.bad_progress")
    with change(Chain, chain_of(ticket_id, by=by, at=at), by=by, at=at) as chain:
        leg = _leg_to_answer(chain.id, *IN_WORK)
        if (leg.done, leg.of, leg.unit) == (done, of, unit):
            return
        leg.done, leg.of, leg.unit = done, of, unit
        chain.add(leg)
        chain.tell(LegProgressed(ticket=ticket_id, leg=leg.pk, done=done, of=of, unit=unit))


def chain_of(ticket_id: TicketId, *, by: Actor, at: datetime) -> int:
    """The chain of a request, begun with the hands it is in now if there is none yet."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    if known is not None:
        return int(known)
    ticket = record.ticket_facts(ticket_id)
    if ticket is None:
        raise Refused("chain.not_here")
    hands = hands_of(events_of([f"ticket:{ticket_id}"]))
    since = hands[-1].since if hands else ticket.reported_at
    with begin(Chain, by=by, at=at) as chain:
        chain.ticket_id = ticket_id
        legs: tuple[int, ...] = ()
        if ticket.team_id is not None or ticket.assignee_id is not None:
            leg = Leg(chain_id=chain.id, position=1, team_id=ticket.team_id)
            leg.agent_id, leg.given_at, leg.begun_at = ticket.assignee_id, since, since
            leg.state = "working"
            legs = (int(chain.add(leg).pk),)
        chain.tell(ChainBegun(ticket=ticket_id, legs=legs))
    return int(chain.id)


def known_chain(ticket_id: TicketId) -> int:
    """The chain of a request; refused when there is none."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    if known is None:
        raise Refused("chain.not_here")
    return int(known)


def legs_in(chain_id: int) -> list[Leg]:
    """Its legs, in the order in which they were laid down."""
    return list(Leg.objects.filter(chain_id=chain_id).order_by("position"))


def in_hand(legs: Iterable[Leg]) -> Leg | None:
    """The leg that the request itself is in."""
    return next((one for one in legs if one.kind == "work" and one.state in IN_WORK), None)


def _leg_to_answer(chain_id: int, *states: str) -> Leg:
    leg = in_hand(legs_in(chain_id))
    if leg is None or leg.state not in states:
        raise Refused("chain.not_here")
    return leg


def _end(chain: Any, leg: Leg, state: str, words: int | None, language: str) -> None:
    leg.state, leg.ended_at = state, chain.at
    leg.done_id, leg.done_language = words, language
    chain.add(leg)


def _new_leg(chain: Any, legs: list[Leg]) -> Leg:
    return Leg(chain_id=chain.id, position=max((one.position for one in legs), default=0) + 1)


def _give(chain: Any, leg: Leg, to: Hands, *, by: Actor) -> None:
    leg.state, leg.team_id, leg.agent_id = "given", to.team_id or None, to.agent_id
    leg.given_at, leg.given_by = chain.at, by.id if by.kind == "agent" else None


def _planned_for(legs: list[Leg], team_id: int) -> Leg | None:
    """The next planned leg of the request itself, if it is this team's; its turn has to be."""
    over = {one.pk for one in legs if one.ended_at is not None}
    planned = next((one for one in legs if (one.kind, one.state) == ("work", "planned")), None)
    if planned is None or planned.team_id != team_id:
        return None
    waits = [one for one in legs if one.pk in planned.after and one.pk not in over]
    if waits:
        what = ", ".join(one.names.get("en", "") or one.kind for one in waits)
        raise Refused("chain.waits_for", what=what)
    return planned


def who_gave(legs: Iterable[Leg]) -> Leg | None:
    """The leg of the request itself that was over last: from there the current one came."""
    over = [one for one in legs if one.kind == "work" and one.given_at and one.ended_at]
    return max(over, key=lambda one: (one.ended_at, one.position), default=None)


def _gave(legs: list[Leg], leg: Leg) -> int | None:
    """The team from which a leg came."""
    came = leg.given_at
    before = [one for one in legs if one.kind == "work" and one.ended_at and one.pk != leg.pk]
    found = [one for one in before if came is not None and one.ended_at <= came]  # type: ignore[operator]
    return max(found, key=lambda one: (one.ended_at, one.position)).team_id if found else None
