"""What every reader of a carrier's own form shares: the letter, what was read, times with a zone.

Pure. A reader never guesses: what a form leaves open becomes a doubt, and with a doubt a person
decides. The keys of doubts are words for the face; they stand in `DOUBTS`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from unbroken.ground.words import Phrase, _

TEXT_MAX: Final = 20_000
THINGS_MAX: Final = 200

NO_TIME, NO_ZONE, SHIFTED_HOUR = "no_time", "no_zone", "shifted_hour"
DAY_OR_MONTH, SEVERAL, NO_NUMBER = "day_or_month", "several", "no_number"
NOTHING_NAMED, UNKNOWN_THINGS, NOT_THEIRS = "nothing_named", "unknown_things", "not_theirs"
STRANGER, UNKNOWN_FORM, STATUS = "stranger", "unknown_form", "status"
ENDS_FIRST, TOO_LONG, OVER, OLDER = "ends_first", "too_long", "over", "older"

DOUBTS: Final[Mapping[str, Phrase]] = {
    NO_TIME: _("It does not say from when to when."),
    NO_ZONE: _("It does not say in which time zone."),
    SHIFTED_HOUR: _("The time falls into the hour in which clocks are changed."),
    DAY_OR_MONTH: _("In the date, day and month can be mistaken for each other."),
    SEVERAL: _("The mail names several windows."),
    NO_NUMBER: _("It has no number of its own."),
    NOTHING_NAMED: _("It names nothing that the inventory knows."),
    UNKNOWN_THINGS: _("The inventory does not know all that it names."),
    NOT_THEIRS: _("It names things that are not this carrier's."),
    STRANGER: _("It was not sent from an address of a carrier in the directory."),
    UNKNOWN_FORM: _("It is not in a form that we know."),
    STATUS: _("It does not say plainly whether the work is planned, moved or called off."),
    ENDS_FIRST: _("The work would end before it begins."),
    TOO_LONG: _("The work would last longer than a month."),
    OVER: _("The work would be over already."),
    OLDER: _("A later edition of this notice is there already."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, as far as a reader needs it."""

    subject: str
    text: str
    sender: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """What a notice says, in MAINTNOTE's words. `doubts`: why a person has to look."""

    provider: str
    number: str = ""
    things: tuple[str, ...] = ()
    impact: str = ""
    status: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    stamped_at: datetime | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A letter written by us in a carrier's form, and what has to be read in it."""

    subject: str
    text: str
    expects: tuple[NoticeRead, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier's own form. `read` gives nothing for a letter that is not in it."""

    key: str
    name: str
    senders: tuple[str, ...]
    read: Callable[[Letter], list[NoticeRead]]
    examples: Sequence[Example] = field(default=(), repr=False)

    def is_from(self, sender: str) -> bool:
        """Whether the address is one of theirs. Says which form to try, vouches for nobody."""
        host = sender.rpartition("@")[2].lower()
        return any(host == one or host.endswith("." + one) for one in self.senders)


_OFFSETS: Final = {
    "UTC": 0.0, "GMT": 0.0, "Z": 0.0, "WET": 0.0, "CET": 1.0, "CEST": 2.0, "MEZ": 1.0, "MESZ": 2.0,
    "BST": 1.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "МСК": 3.0, "EST": -5.0, "EDT": -4.0,
    "CDT": -5.0, "PST": -8.0, "PDT": -7.0, "MDT": -6.0,
}  # fmt: skip
"""Abbreviations that mean one offset. CST does not (Chicago, Shanghai, Havana), nor IST."""

_WINTER_ONLY: Final = {"CET": "Europe/Berlin", "MEZ": "Europe/Berlin", "WET": "Europe/Lisbon",
                       "EET": "Europe/Athens", "EST": "America/New_York"}  # fmt: skip
"""People go on writing CET in July; then either hour may be meant."""

_OFFSET: Final = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d\d))?")


def zone_of(text: str) -> tzinfo | None:
    """An abbreviation, an offset or a name of the zone database; None when it may mean several."""
    text = text.strip().strip("()[]").strip()
    if text.upper() in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[text.upper()]), text.upper())
    if found := _OFFSET.fullmatch(text.upper()):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours <= 14 and minutes < 60:
            span = timedelta(hours=hours, minutes=minutes)
            return timezone(span if found[1] == "+" else -span)
        return None
    if "/" in text:
        try:
            return ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    return None


def instant(wall: datetime | None, zone: tzinfo | None) -> tuple[datetime | None, tuple[str, ...]]:
    """A clock's time in a zone, as UTC, and what is doubtful about it."""
    if wall is None:
        return None, (NO_TIME,)
    if zone is None:
        return None, (NO_ZONE,)
    try:
        first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except (ValueError, OverflowError):
        return None, (NO_TIME,)
    doubts = (SHIFTED_HOUR,) if first != second else ()
    named = zone.tzname(None) if isinstance(zone, timezone) else None
    if named in _WINTER_ONLY:
        there = ZoneInfo(_WINTER_ONLY[named])
        if wall.replace(tzinfo=there).utcoffset() != zone.utcoffset(None):
            doubts = (*doubts, NO_ZONE)
    return first, doubts


def clock(text: str, *forms: str) -> datetime | None:
    """The first form that fits, without a zone."""
    text = " ".join(text.split())[:60]
    for form in forms:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the zone stands elsewhere)
        except ValueError:
            continue
    return None


_CALLED_OFF: Final = re.compile(
    r"(?i)\b(?:cancel(?:l?ed|lation)|called off|abgesagt|storniert|annullat\w+|annul[ée]\w*"
    r"|cancelad\w+|отмен[её]н\w*|отмена)\b"
)
_MOVED: Final = re.compile(
    r"(?i)\b(?:re-?scheduled|postponed|new date|verschoben|rinviat\w+|riprogrammat\w+"
    r"|report[ée]e?s?|reprogramad\w+|перенес[её]н\w*|перенос)\b"
)
_DONE: Final = re.compile(
    r"(?i)\b(?:completed|completion|finished|abgeschlossen|beendet|completat\w+|conclus\w+"
    r"|termin[ée]e?s?|finalizad\w+|завершен\w*|завершён\w*|окончен\w*)\b"
)
_BEGUN: Final = re.compile(r"(?i)\b(?:in progress|has (?:started|begun)|commenced|начат\w*)\b")


def status_of(text: str) -> str:
    """What a title or a status line says; CONFIRMED without a word; empty when it says two."""
    said = [
        word
        for word, form in (
            ("CANCELLED", _CALLED_OFF),
            ("RE-SCHEDULED", _MOVED),
            ("COMPLETED", _DONE),
            ("IN-PROCESS", _BEGUN),
        )
        if form.search(text)
    ]
    if not said:
        return "CONFIRMED"
    return said[0] if len(said) == 1 else ""


def value_of(text: str, *labels: str, longest: int = 200) -> str:
    """What stands behind the first of these labels that begins a line; empty without."""
    for label in labels:
        found = re.search(
            rf"(?im)^[\s>*•|-]{{0,6}}(?:{label})\s{{0,3}}[:#|=-]+[ \t|]{{0,5}}"
            rf"([^\n]{{1,{longest}}})",
            text,
        )
        if found and found[1].strip(" \t*|"):
            return found[1].strip(" \t*|")
    return ""


def once(things: Sequence[str]) -> tuple[str, ...]:
    """Each thing once, as they were named."""
    return tuple(dict.fromkeys(one.strip() for one in things if one.strip()))[:THINGS_MAX]


def read_as(
    provider: str,
    *,
    number: str,
    things: Sequence[str],
    start: tuple[datetime | None, tuple[str, ...]],
    end: tuple[datetime | None, tuple[str, ...]],
    status: str,
    impact: str = "",
    doubts: Sequence[str] = (),
) -> NoticeRead:
    """Put together, with the doubts that follow from what is missing."""
    named = once(things)
    missing = [
        *start[1],
        *end[1],
        *([] if number else [NO_NUMBER]),
        *([] if named else [NOTHING_NAMED]),
        *([] if status else [STATUS]),
        *doubts,
    ]
    if status in ("CANCELLED", "COMPLETED"):  # whoever calls off need not repeat the hours
        missing = [one for one in missing if one != NO_TIME]
    return NoticeRead(
        provider=provider,
        number=number,
        things=named,
        impact=impact,
        status=status,
        starts_at=start[0],
        ends_at=end[0],
        doubts=tuple(dict.fromkeys(missing)),
    )
