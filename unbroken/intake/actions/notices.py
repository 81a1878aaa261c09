"""What becomes of a carrier's notice of work: noted, accepted, refused, replaced."""

from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.intake.events import (
    CarrierNoticeAccepted,
    CarrierNoticeRead,
    CarrierNoticeRefused,
    CarrierNoticeReplaced,
)
from unbroken.intake.mail.carrier_forms import OLDER, NoticeRead
from unbroken.intake.models import CarrierNotice
from unbroken.intake.notices.readings import to_maintnote
from unbroken.intake.planned_work import note

WAITING, NOTED, ACCEPTED, REFUSED, REPLACED = "waiting", "noted", "accepted", "refused", "replaced"

refusals({"carrier_notice.decided": _("Somebody has decided on this notice already.")})


def take_notice(read: NoticeRead, *, intake_id: int, ticket_id: int, at: datetime) -> int:
    """Keep it as it was read. Without a doubt it is a window from now on."""
    earlier = list(
        CarrierNotice.objects.filter(provider=read.provider, number=read.number)
        .exclude(number="")
        .order_by("id")
    )
    stamped_at = min(read.stamped_at or at, at)
    doubts = list(read.doubts)
    if any(one.stamped_at > stamped_at for one in earlier):
        doubts.append(OLDER)
    if not doubts:
        note(to_maintnote(read), by=HOUSE, at=at)
    with begin(CarrierNotice, by=HOUSE, at=at) as notice:
        notice.intake_id, notice.ticket_id = intake_id, ticket_id
        notice.stamped_at, notice.doubts = stamped_at, doubts
        notice.state = WAITING if doubts else NOTED
        _set(notice, read)
        notice.read = _says(read)
        notice.tell(
            CarrierNoticeRead(
                state=notice.state, doubts=tuple(doubts), ticket=ticket_id, says=_says(read)
            )
        )
    if OLDER not in doubts:
        for one in earlier:
            if one.state == WAITING:
                _replace(one.pk, notice.id, at=at)
    return int(notice.id)


def accept_notice(*, notice_id: int, read: NoticeRead, by: Actor, at: datetime) -> None:
    """A person stands for it, as it was read or as they corrected it."""
    with transaction.atomic():
        with change(CarrierNotice, notice_id, by=by, at=at) as notice:
            if notice.state != WAITING:
                raise Refused("carrier_notice.decided")
            was, now = notice.read, _says(read)
            _set(notice, read)
            notice.state = ACCEPTED
            notice.tell(CarrierNoticeAccepted(was=was if was != now else None, now=now))
        note(to_maintnote(read), by=by, at=at)


def refuse_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """It makes no window."""
    with change(CarrierNotice, notice_id, by=by, at=at) as notice:
        if notice.state != WAITING:
            raise Refused("carrier_notice.decided")
        notice.state = REFUSED
        notice.tell(CarrierNoticeRefused())


def _replace(notice_id: int, by_notice: int, *, at: datetime) -> None:
    with change(CarrierNotice, notice_id, by=HOUSE, at=at) as notice:
        notice.state = REPLACED
        notice.tell(CarrierNoticeReplaced(by_notice=by_notice))


def _set(notice: Any, read: NoticeRead) -> None:
    notice.provider, notice.number = read.provider, read.number
    notice.starts_at, notice.ends_at = read.starts_at, read.ends_at
    notice.things, notice.impact, notice.status = list(read.things), read.impact, read.status


def _says(read: NoticeRead) -> dict[str, object]:
    return {
        "provider": read.provider,
        "number": read.number,
        "things": list(read.things),
        "impact": read.impact,
        "status": read.status,
        "starts_at": read.starts_at.isoformat() if read.starts_at else None,
        "ends_at": read.ends_at.isoformat() if read.ends_at else None,
    }
