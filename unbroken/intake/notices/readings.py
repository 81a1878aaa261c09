"""What a mail's notices say, and what speaks against taking them as they stand."""

from dataclasses import replace
from datetime import datetime

from unbroken.directory import queries as directory
from unbroken.directory.cards import PartnerCard
from unbroken.directory.network_queries import owners_of
from unbroken.directory.topology_queries import resources_named
from unbroken.evidence.actions import LASTS_MAX, STATUSES
from unbroken.evidence.queries.windows import window_called
from unbroken.intake.inbound import Inbound, MaintenanceNotice
from unbroken.intake.mail import carrier_forms as forms
from unbroken.intake.mail.carrier_forms import Letter, NoticeRead
from unbroken.intake.mail.carriers import read_letter


def readings_of(mail: Inbound) -> list[NoticeRead]:
    """MAINTNOTE where the mail carries it, else the carrier's own form."""
    if mail.maintenance:
        found = [from_maintnote(one) for one in mail.maintenance]
    else:
        sender = mail.sender.email if mail.sender else ""
        found = read_letter(Letter(mail.subject, mail.text, sender, mail.sent_at))
    return [one if one.stamped_at else replace(one, stamped_at=mail.sent_at) for one in found]


def from_maintnote(notice: MaintenanceNotice) -> NoticeRead:
    """A calendar is plain: what is missing in it is a doubt, nothing else."""
    missing = (
        *(() if notice.maintenance_id.strip() else (forms.NO_NUMBER,)),
        *(() if notice.object_ids else (forms.NOTHING_NAMED,)),
    )
    return NoticeRead(
        provider=notice.provider,
        number=notice.maintenance_id.strip(),
        things=notice.object_ids,
        impact=notice.impact,
        status=notice.status or "CONFIRMED",
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
        stamped_at=notice.stamped_at,
        doubts=missing,
    )


def to_maintnote(read: NoticeRead) -> MaintenanceNotice:
    """The same in the shape that windows are made of."""
    return MaintenanceNotice(
        provider=read.provider,
        account="",
        maintenance_id=read.number,
        object_ids=read.things,
        impact=read.impact,
        status=read.status,
        starts_at=read.starts_at,
        ends_at=read.ends_at,
        summary="",
        stamped_at=read.stamped_at,
    )


def checked(read: NoticeRead, *, sender: str, at: datetime) -> NoticeRead:
    """With every doubt that the directory, the calendar and known windows raise.

    A notice excuses faults. So by itself only that of a carrier in the directory counts, and only
    for what is that carrier's own. An address can be forged: a mail server that lets such mail in
    is checked at its own door (docs/mail.md).
    """
    read = _with_known_hours(read)
    doubts = [*read.doubts, *_of_time(read, at), *_of_things(read, partner_of(sender))]
    if read.status not in STATUSES:
        doubts.append(forms.STATUS)
    return replace(read, doubts=tuple(dict.fromkeys(doubts)))


def partner_of(email: str) -> PartnerCard | None:
    """Whose address it is: a carrier's of the directory, by the whole host of its own address."""
    host = email.rpartition("@")[2].lower()
    if not host:
        return None
    known = (one for one in directory.partners() if one.email)
    return next((one for one in known if one.email.rpartition("@")[2].lower() == host), None)


def _with_known_hours(read: NoticeRead) -> NoticeRead:
    """Calling off or ending work need not repeat when it would have been."""
    if read.starts_at or read.ends_at or read.status not in ("CANCELLED", "COMPLETED"):
        return read
    known = window_called(f"{read.provider} {read.number}".strip())
    return replace(read, starts_at=known.since, ends_at=known.until) if known else read


def _of_time(read: NoticeRead, at: datetime) -> list[str]:
    if read.starts_at is None or read.ends_at is None:
        is_said = forms.NO_ZONE in read.doubts or forms.SHIFTED_HOUR in read.doubts
        return [] if is_said else [forms.NO_TIME]
    doubts = []
    if read.ends_at <= read.starts_at:
        doubts.append(forms.ENDS_FIRST)
    if read.ends_at - read.starts_at > LASTS_MAX:
        doubts.append(forms.TOO_LONG)
    if read.ends_at <= at and read.status not in ("CANCELLED", "COMPLETED"):
        doubts.append(forms.OVER)
    return doubts


def _of_things(read: NoticeRead, partner: PartnerCard | None) -> list[str]:
    named = resources_named(read.things) if read.things else {}
    doubts = [] if partner else [forms.STRANGER]
    if read.things and not named:
        doubts.append(forms.NOTHING_NAMED)
    elif any(one not in named for one in read.things):
        doubts.append(forms.UNKNOWN_THINGS)
    keys = sorted({key for found in named.values() for key in found})
    if partner and any(owner != partner.key for owner in owners_of(keys).values()):
        doubts.append(forms.NOT_THEIRS)
    return doubts
