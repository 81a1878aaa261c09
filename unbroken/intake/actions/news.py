"""News to many: made once for each event of a problem, approved, stopped; told to each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.batch import begin_all
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.intake.events_telling import (
    EndWished,
    LetterAddressed,
    LetterCalled,
    LetterReturned,
    LetterSent,
    LetterSpared,
    LetterToCall,
    NoticeApproved,
    NoticeMade,
    NoticeStopped,
)
from unbroken.intake.models_telling import EndWish, Notice, NoticeLetter

refusals(
    {
        "notice.own": _("Somebody else has to read and approve it: you wrote it."),
        "notice.not_waiting": _("It is on its way or was stopped already."),
    }
)


@dataclass(frozen=True, slots=True)
class ToTell:
    """A letter as it is to be kept; `why` not empty: spared from the start."""

    contact: int
    customer: int
    services: tuple[int, ...]
    language: str
    timezone: str
    not_before: datetime
    why: str = ""
    channel: str = "mail"


def make_notice(
    *,
    problem: int,
    event: int,
    message: str,
    step: str,
    words_id: int | None,
    made_by: str,
    letters: Sequence[ToTell],
    needs_approval: bool,
    at: datetime,
    plan: int = 0,
) -> int | None:
    """These are told because of this event; made already changes nothing."""
    if not letters or Notice.objects.filter(event=event).exists():
        return None
    with transaction.atomic():
        with begin(Notice, by=HOUSE, at=at) as notice:
            notice.problem, notice.event, notice.message = problem, event, message
            notice.plan = plan
            notice.step, notice.words_id, notice.made_by = step, words_id, made_by
            notice.made_at, notice.letters = at, len(letters)
            notice.state = "waits" if needs_approval else "going"
            notice.tell(
                NoticeMade(problem=problem, message=message, letters=len(letters), plan=plan)
            )
        number = int(notice.id)
        rows = [(_columns(number, one), LetterAddressed(number, one.contact)) for one in letters]
        begin_all(NoticeLetter, rows, by=HOUSE, at=at)
    return number


def want_end(*, problem: int, contact_id: int, service_id: int, by: Actor, at: datetime) -> None:
    """Somebody wants to be told when it is over. Asked already changes nothing."""
    with transaction.atomic():
        if EndWish.objects.filter(problem=problem, contact=contact_id).exists():
            return
        with begin(EndWish, by=by, at=at) as wish:
            wish.problem, wish.contact, wish.service = problem, contact_id, service_id
            wish.asked_at = at
            wish.tell(EndWished(problem=problem, contact=contact_id, service=service_id))


def _columns(notice: int, one: ToTell) -> dict[str, object]:
    return {
        "notice_id": notice,
        "contact": one.contact,
        "customer": one.customer,
        "services": list(one.services),
        "channel": one.channel,
        "language": one.language,
        "timezone": one.timezone,
        "state": "spared" if one.why else "waiting",
        "why": one.why,
        "fell_back": "",
        "not_before": one.not_before,
        "sent_at": None,
    }


def approve_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """Somebody else read what it says and to how many it goes."""
    with change(Notice, notice_id, by=by, at=at) as notice:
        if notice.state != "waits":
            raise Refused("notice.not_waiting")
        if notice.made_by == str(by):
            raise Refused("notice.own")
        notice.state = "going"
        notice.tell(NoticeApproved())


def stop_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """Whoever has not been told yet is not told. Stopped already changes nothing."""
    with change(Notice, notice_id, by=by, at=at) as notice:
        if notice.state == "stopped":
            return
        notice.state = "stopped"
        notice.tell(NoticeStopped())


def record_told(*, letter_id: int, fell_back: str = "", at: datetime) -> None:
    """The next server took it; told already changes nothing. `fell_back`: why by mail after all."""
    with change(NoticeLetter, letter_id, by=HOUSE, at=at) as letter:
        if letter.state == "waiting":
            letter.state, letter.sent_at, letter.fell_back = "sent", letter.at, fell_back
            letter.tell(LetterSent(fell_back=fell_back))


def record_returned(*, letter_id: int, why: str, at: datetime) -> None:
    """It found nobody; known already changes nothing."""
    with change(NoticeLetter, letter_id, by=HOUSE, at=at) as letter:
        if letter.state == "sent":
            letter.state, letter.why = "returned", why
            letter.tell(LetterReturned(why=why))


def record_to_call(*, letter_id: int, why: str, at: datetime) -> None:
    """A person has to call."""
    with change(NoticeLetter, letter_id, by=HOUSE, at=at) as letter:
        if letter.state == "waiting":
            letter.state, letter.why = "call", why
            letter.tell(LetterToCall(why=why))


def record_called(*, letter_id: int, by: Actor, at: datetime) -> None:
    """Somebody called them; called already changes nothing."""
    with change(NoticeLetter, letter_id, by=by, at=at) as letter:
        if letter.state in ("call", "returned"):
            letter.state, letter.sent_at = "called", letter.at
            letter.tell(LetterCalled())


def record_spared(*, letter_id: int, why: str, at: datetime) -> None:
    """It is not told: there is no need any more, or no way."""
    with change(NoticeLetter, letter_id, by=HOUSE, at=at) as letter:
        if letter.state == "waiting":
            letter.state, letter.why = "spared", why
            letter.tell(LetterSpared(why=why))
