"""The only functions that change what follows from a missed promise, and the credits for it.

A credit is booked once for each step of each rule of a miss, however often it is asked for.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from unbroken.conversation import queries as record
from unbroken.conversation.actions import add_items
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _, in_language
from unbroken.promise import by_hand
from unbroken.promise.book import plain_key
from unbroken.promise.consequence import BadSettings, Missed, Owed, money
from unbroken.promise.consequence_presets import PRESETS
from unbroken.promise.consequences import all_consequences
from unbroken.promise.events import ConsequenceSet, CreditBooked, CreditDecided, PromiseExcused
from unbroken.promise.measures import all_measures
from unbroken.promise.models import Agreement, Credit, Follows, Violation
from unbroken.promise.queries.owed import RuleRow, ViolatedRow, growing, rules_for, violated
from unbroken.promise.queries.terms import present_book

WAITS, BOOKED, REFUSED, REVERSED = "waits", "booked", "refused", "reversed"
DECISIONS: Mapping[str, frozenset[str]] = {
    BOOKED: frozenset({WAITS}),
    REFUSED: frozenset({WAITS}),
    REVERSED: frozenset({BOOKED}),
}
"""What a credit may become, and from what."""

CURRENCY = re.compile("[A-Z]{3}")
EXCUSES = ("customer", "force_majeure")
LIMIT = "approve_above"

refusals(
    {
        "consequence.unknown_kind": _("There is nothing called “{kind}” that could follow."),
        "consequence.unknown_measure": _("There is no measure “{measure}”."),
        "consequence.bad_field": _("The field “{field}” cannot be that."),
        "consequence.backwards": _("The last day lies before the first."),
        "consequence.unknown_preset": _("There is no preset “{key}”."),
        "credit.needs_reason": _("Say why."),
        "credit.cannot": _("This credit is {state} already."),
        "promise.no_such_excuse": _("A miss is excused by the customer's fault or force majeure."),
        "promise.needs_evidence": _("Name the message or note of this request that shows it."),
    }
)


# ── what follows ──────────────────────────────────────────────────────────────


def set_consequence(
    *,
    agreement: str,
    measure: str,
    kind: str,
    settings: Mapping[str, str],
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
    mark: str = "",
    is_on: bool = True,
    rule_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """This follows from missing a measure of an agreement; misses before stay as they were."""
    if not Agreement.objects.filter(key=plain_key(agreement)).exists():
        raise Refused("agreement.unknown", key=agreement)
    _check(measure, kind, settings)
    if valid_from and valid_until and valid_until < valid_from:
        raise Refused("consequence.backwards")
    doing = change(Follows, rule_id, by=by, at=at) if rule_id else begin(Follows, by=by, at=at)
    with doing as rule:
        rule.agreement, rule.measure, rule.kind = plain_key(agreement), measure, kind
        rule.settings, rule.source, rule.mark = dict(settings), source, mark
        rule.valid_from, rule.valid_until, rule.is_on = valid_from, valid_until, is_on
        rule.tell(
            ConsequenceSet(
                agreement=rule.agreement,
                measure=measure,
                kind=kind,
                settings=dict(settings),
                valid_from=valid_from.isoformat() if valid_from else None,
                valid_until=valid_until.isoformat() if valid_until else None,
                is_on=is_on,
            )
        )
    return int(rule.id)


def _check(measure: str, kind: str, settings: Mapping[str, str]) -> None:
    known = all_consequences().get(kind)
    if known is None:
        raise Refused("consequence.unknown_kind", kind=kind)
    if measure not in all_measures():
        raise Refused("consequence.unknown_measure", measure=measure)
    strange = settings.keys() - {*known.fields, "currency", LIMIT}
    if strange:
        raise Refused("consequence.bad_field", field=min(strange))
    if "amount" in known.fields and not CURRENCY.fullmatch(settings.get("currency", "")):
        raise Refused("consequence.bad_field", field="currency")
    try:
        for name in settings.keys() - {"currency", "days"}:
            money(settings, name)
        if settings.get("days", "calendar") not in ("calendar", "working"):
            raise BadSettings("days")
    except BadSettings as problem:
        raise Refused("consequence.bad_field", field=str(problem)) from problem


def switch_consequence(*, rule_id: int, is_on: bool, by: Actor, at: datetime) -> None:
    """It follows from now on, or no longer. As it is already changes nothing."""
    with change(Follows, rule_id, by=by, at=at) as rule:
        if rule.is_on == is_on:
            return
        rule.is_on = is_on
        rule.tell(
            ConsequenceSet(rule.agreement, rule.measure, rule.kind, rule.settings, is_on=is_on)
        )


def take_preset(*, agreement: str, key: str, by: Actor, at: datetime) -> int:
    """The rules of a preset for an agreement; returns how many. Those from memory come off."""
    preset = next((one for one in PRESETS if one.key == key), None)
    if preset is None:
        raise Refused("consequence.unknown_preset", key=key)
    with transaction.atomic():
        for rule in preset.rules:
            set_consequence(
                agreement=agreement,
                measure=rule.measure,
                kind=rule.kind,
                settings=rule.settings,
                valid_from=rule.valid_from,
                valid_until=rule.valid_until,
                source=preset.source,
                mark=preset.mark,
                is_on=preset.mark != "M",
                by=by,
                at=at,
            )
    return len(preset.rules)


# ── a promise was missed ──────────────────────────────────────────────────────


def follow_miss(*, violation_id: int, by: Actor, at: datetime) -> None:
    """What a miss owes by now is booked, and what a person has to do is put on the ticket."""
    missed = violated(violation_id)
    if missed is None or missed.excuse:
        return
    rules = rules_for(missed)
    for rule in rules:
        kind = all_consequences()[rule.kind]
        if kind.owed is not None:
            for owed in kind.owed(_as_missed(missed, rule, at), rule.settings):
                _book(missed, rule, owed, by=by, at=at)
    tasks = [kind.task for rule in rules if (kind := all_consequences()[rule.kind]).task]
    texts = [in_language(one, measure=all_measures()[missed.measure].label) for one in tasks]
    if texts and record.ticket_facts(TicketId(missed.ticket_id)) is not None:
        add_items(ticket_id=TicketId(missed.ticket_id), texts=texts, by=by, at=at)


def _as_missed(missed: ViolatedRow, rule: RuleRow, at: datetime) -> Missed:
    terms = present_book().terms[missed.agreement]
    currency = rule.settings.get("currency") or missed.currency
    is_same = currency == missed.currency
    return Missed(
        due_at=missed.due_at,
        until=missed.ended_at or at,
        calendar=terms.calendar,
        monthly_price=missed.monthly_price if is_same else None,
        currency=currency,
    )


def _book(missed: ViolatedRow, rule: RuleRow, owed: Owed, *, by: Actor, at: datetime) -> None:
    """Once: what is booked, refused or reversed already stays so."""
    if (rule.id, owed.step) in missed.booked:
        return
    limit = money(rule.settings, LIMIT)
    try:
        with transaction.atomic(), begin(Credit, by=by, at=at) as credit:
            credit.violation_id, credit.rule_id, credit.step = missed.id, rule.id, owed.step
            credit.ticket_id = missed.ticket_id
            credit.customer_id, credit.service_id = missed.customer_id, missed.service_id
            credit.amount = owed.amount
            credit.currency = rule.settings.get("currency") or missed.currency
            credit.state = WAITS if limit and owed.amount > limit else BOOKED
            credit.booked_at = at
            credit.tell(
                CreditBooked(
                    ticket=missed.ticket_id,
                    amount=f"{owed.amount:.2f}",
                    currency=credit.currency,
                    state=credit.state,
                    step=owed.step,
                )
            )
    except IntegrityError as error:
        if "credit_once" not in str(error):
            raise  # somebody else booking the same credit at the same time is no error


def follow_growing(*, at: datetime) -> int:
    """Misses for which more is owed day by day, booked as far as they have grown."""
    found = growing(at=at)
    for violation_id in found:
        follow_miss(violation_id=violation_id, by=HOUSE, at=at)
    return len(found)


def decide_credit(*, credit_id: int, state: str, reason: str, by: Actor, at: datetime) -> None:
    """Approved, refused, or taken back after it was booked; the last two say why.

    What waits is decided only by whoever may grant so much: their authority.
    """
    _decide(credit_id, state, reason, is_asked=True, by=by, at=at)


def _decide(
    credit_id: int, state: str, reason: str, *, is_asked: bool, by: Actor, at: datetime
) -> None:
    """`is_asked`: their authority is asked for; a miss is excused whatever it would have owed."""
    if state != BOOKED and not reason.strip():
        raise Refused("credit.needs_reason")
    with change(Credit, credit_id, by=by, at=at) as credit:
        if credit.state not in DECISIONS.get(state, frozenset()):
            raise Refused("credit.cannot", state=credit.state)
        if is_asked and credit.state == WAITS:
            by_hand.check(by, credit.amount, credit.currency)
        credit.state = state
        credit.reason_id = credit.said(reason.strip(), whose=by) if reason.strip() else None
        credit.tell(CreditDecided(credit.ticket_id, state, credit.reason_id))


def excuse_miss(
    *, violation_id: int, because: str, evidence: int, reason: str, by: Actor, at: datetime
) -> None:
    """Nothing is owed for this miss, as a message of the ticket shows; its credits go back."""
    if because not in EXCUSES:
        raise Refused("promise.no_such_excuse")
    missed = violated(violation_id)
    shown = record.message(evidence)
    if missed is None or shown is None or shown.ticket_id != missed.ticket_id:
        raise Refused("promise.needs_evidence")
    with transaction.atomic():
        with change(Violation, violation_id, by=by, at=at) as violation:
            violation.excuse, violation.evidence = because, evidence
            violation.tell(PromiseExcused(missed.ticket_id, because, evidence))
        owed = Credit.objects.filter(violation_id=violation_id, state__in=(WAITS, BOOKED))
        for credit_id, state in owed.values_list("id", "state"):
            then = REVERSED if state == BOOKED else REFUSED
            _decide(credit_id, then, reason or because, is_asked=False, by=by, at=at)
