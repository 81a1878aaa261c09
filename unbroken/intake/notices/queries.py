"""Carriers' notices: those that wait for a person, and one with its mail."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.intake.mail.carrier_forms import NoticeRead
from unbroken.intake.mail.reading import read
from unbroken.intake.models import CarrierNotice, Intake

LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, as it stands."""

    id: int
    ticket_id: int
    intake_id: int
    provider: str
    number: str
    starts_at: datetime | None
    ends_at: datetime | None
    things: list[str]
    impact: str
    status: str
    stamped_at: datetime
    doubts: list[str]
    state: str

    @property
    def reading(self) -> NoticeRead:
        """The same as values that can be accepted."""
        return NoticeRead(
            self.provider, self.number, tuple(self.things), self.impact, self.status,
            self.starts_at, self.ends_at, self.stamped_at, tuple(self.doubts),
        )  # fmt: skip


_COLUMNS = tuple(NoticeRow.__dataclass_fields__)


def waiting_notices() -> list[NoticeRow]:
    """Those that a person has to decide on, the work that begins first first."""
    found = CarrierNotice.objects.filter(state="waiting").order_by("starts_at", "id")
    return [NoticeRow(*values) for values in found.values_list(*_COLUMNS)[:LISTED_MAX]]


def decided_notices() -> list[NoticeRow]:
    """The last ones that need nobody any more."""
    found = CarrierNotice.objects.exclude(state="waiting").order_by("-id")
    return [NoticeRow(*values) for values in found.values_list(*_COLUMNS)[:30]]


def notice(notice_id: int) -> NoticeRow | None:
    """One of them."""
    found = CarrierNotice.objects.filter(pk=notice_id).values_list(*_COLUMNS).first()
    return NoticeRow(*found) if found else None


@dataclass(frozen=True, slots=True)
class OriginalMail:
    """The mail as it came: who, what about, the words. Empty where it was erased."""

    sender: str
    subject: str
    text: str


def original_of(intake_id: int) -> OriginalMail:
    """Read anew from the raw bytes."""
    raw = Intake.objects.filter(pk=intake_id).values_list("raw", flat=True).first()
    if raw is None:
        return OriginalMail("", "", "")
    mail = read(bytes(raw))
    return OriginalMail(mail.sender.email if mail.sender else "", mail.subject, mail.text[:20_000])
