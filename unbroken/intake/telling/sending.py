"""Letters of news leave one after the other, each recorded as told before the next.

One process at a time has this loop. Killed between the mail server's yes and our record, it sends
that one letter again under the same Message-ID, and no other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.clock import now
from unbroken.ground.log import words_of
from unbroken.ground.loops import Loop, Stop
from unbroken.ground.sql import rows
from unbroken.intake.actions.news import record_spared, record_to_call, record_told
from unbroken.intake.channels import channels
from unbroken.intake.desk import domain, secret
from unbroken.intake.mail.letter_marks import NEWS, letter_address, letter_id
from unbroken.intake.mailboxes import by_key
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.outgoing import Outgoing, PermanentFailure, TemporaryFailure
from unbroken.intake.sending import in_html
from unbroken.intake.subscribers import state as subscribers
from unbroken.intake.telling import plans
from unbroken.intake.telling.less import less_link
from unbroken.intake.telling.letters import (
    Asking,
    Reader,
    in_a_letter,
    subject_of,
    words_of_end,
    words_of_letter,
)
from unbroken.intake.telling.present import present_policy
from unbroken.intake.telling.returned import refused_at_once
from unbroken.intake.well.questions import well_link
from unbroken.outage import queries as outage
from unbroken.outage.plans import queries as plan_queries
from unbroken.outage.plans.queries import Plan
from unbroken.outage.queries import Problem

AT_ONCE = 20
"""So many letters between two looks at whether somebody pressed stop."""
PATIENCE = timedelta(hours=6)
"""News older than this is none: a letter that nobody took by then is given up."""
CHATTER = frozenset({"crew", "next_news"})
"""Left out for somebody who heard enough within a day; never the first word, nor the end."""
REST_SECONDS = 30.0
EVERY_SECONDS = 15.0
FAILURES_MAX = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that may leave, and what speaks against it."""

    id: int
    contact: int
    channel: str
    language: str
    timezone: str
    not_before: datetime
    problem: int
    plan: int
    message: str
    step: str
    words_id: int | None
    made_at: datetime
    is_overtaken: bool
    has_receipt: bool
    was_told: bool
    was_asked: bool
    told_lately: int
    is_left: bool
    back_at: datetime | None


def spared_because(one: Due, problem: Problem | None, *, at: datetime) -> str:
    """Why it need not be told any more; empty: it is told. Pure."""
    if problem is None or problem.state == "cancelled":
        return "over"
    if one.message == "over" and problem.is_open:
        return "over"  # it is back already; its end is told when it comes
    if one.message == "again" and not problem.is_open:
        return "over"
    if one.message == "known":
        if not problem.is_open:
            return "over"
        if one.has_receipt:
            return "receipt"
    elif not one.was_told:
        return "over" if one.message == "over" else "joined"
    elif one.is_overtaken:
        return "joined"
    return "late" if at - one.not_before > PATIENCE else ""


def send_due(*, at: datetime) -> int:
    """The next few; returns how many were settled. TemporaryFailure: nobody takes mail now."""
    free = letters_free(at)
    if not free:
        return 0
    due = rows(Due, "intake/queries/notice_due.sql", at=at, limit=min(AT_ONCE, free))
    problems = {number: outage.problem(number) for number in {one.problem for one in due}}
    said = words_of(one.words_id for one in due)
    failed = 0
    for one in due:
        try:
            _settle(one, problems[one.problem], said.get(one.words_id or 0) or "", at=at)
            failed = 0
        except TemporaryFailure:
            # One reader's server holds up nobody else; several in a row are our own mail server.
            failed += 1
            if failed in (FAILURES_MAX, len(due)):
                raise
    return len(due)


def letters_free(at: datetime) -> int:
    """So many letters may leave now: the desk's own limit a minute, for the mail server's sake."""
    most = present_policy().letters_a_minute
    if not most:
        return AT_ONCE
    minute_ago = at - timedelta(minutes=1)
    left = NoticeLetter.objects.filter(state="sent", sent_at__gt=minute_ago).count()
    return max(0, most - left - subscribers.told_since(minute_ago))


def _settle(one: Due, problem: Problem | None, said: str, *, at: datetime) -> None:
    plan = plan_queries.plan(one.plan) if one.plan else None
    why = _why(one, problem, plan, at=at)
    card = directory.contact(ContactId(one.contact))
    call = "" if why or card is None else _call(one, card)
    if call:
        record_to_call(letter_id=one.id, why=call, at=at)
        return
    if why or card is None or not card.email:
        record_spared(letter_id=one.id, why=why or "address", at=at)
        return
    subject, words = _worded(one, card, problem, plan, said)
    _hand_over(one, card, subject, words, at=at)


def _call(one: Due, card: ContactCard) -> str:
    """Why a person calls instead; empty: it is mailed, or nothing reaches them."""
    if card.address("phone") is None:
        return ""
    return "chosen" if one.channel == "phone" else "" if card.email else "address"


def _worded(
    one: Due, card: ContactCard, problem: Problem | None, plan: Plan | None, said: str
) -> tuple[str, str]:
    """Subject and words."""
    to = Reader(card.name, one.language, one.timezone or "UTC")
    if plan is not None:
        subject = plans.subject_of(one.step, one.language, was_told=one.was_told)
        lines = plans.lines_of(one.step, plan, to.language, to.zone, was_told=one.was_told)
        return subject, in_a_letter(lines, to)
    assert problem is not None
    if one.message == "over":
        well = Asking(well_link(one.id), one.was_asked, is_left=one.is_left)
        return words_of_end(problem, to, well, back_at=one.back_at)
    subject = subject_of(one.message, one.language)
    return subject, words_of_letter(one.message, one.step, said, problem, to)


def _why(one: Due, problem: Problem | None, plan: Plan | None, *, at: datetime) -> str:
    if not one.plan:
        why = spared_because(one, problem, at=at)
    else:
        why = plans.spared_because(
            one.step, plan, was_told=one.was_told, is_overtaken=one.is_overtaken, at=at
        )
        why = why or ("late" if at - one.not_before > PATIENCE else "")
    a_day = present_policy().news_a_day
    is_chatter = one.message in CHATTER and a_day and one.told_lately >= a_day
    return why or ("limit" if is_chatter else "")


def _hand_over(one: Due, card: ContactCard, subject: str, words: str, *, at: datetime) -> None:
    """To the mail server, and on record."""
    box, mark = by_key(""), (NEWS, one.id, secret())
    has_plus = box is not None and box.plus_addressing
    back = letter_address(box.address, *mark) if box and has_plus else ""
    try:
        channels()["mail"].deliver(
            Outgoing(
                message_id=letter_id(*mark, domain()),
                reply_to=back,
                sender=(box.name, box.address) if box else ("", f"support@{domain()}"),
                to=((card.name, card.email),),
                cc=(),
                subject=subject,
                text=words,
                html=in_html(words, one.language),
                at=max(one.not_before, one.made_at),
                language=one.language,
                is_automatic=True,
                unsubscribe=less_link(one.contact),
                returns_to=back or (box.address if box else ""),
            )
        )
    except PermanentFailure as failure:
        refused_at_once(one.id, card, failure, at=at)
        return
    fell_back = "noNumber" if one.channel == "phone" else ""
    record_told(letter_id=one.id, fell_back=fell_back, at=at)


def run(stop: Stop) -> None:
    """The loop: whatever is due, then a rest."""
    while not stop.is_asked:
        try:
            if send_due(at=now()):
                continue
        except TemporaryFailure:
            stop.pause(REST_SECONDS)
            continue
        stop.rest(EVERY_SECONDS)


LOOP = Loop("notices", run, frozenset({"notice.made", "notice.approved"}))
