"""A notice in a form that nobody here knows: read by its labels, in six languages.

What comes out is a proposal for a person, never more: it always carries a doubt.
"""

import re
from datetime import datetime
from typing import Final

from unbroken.intake.mail.carrier_forms import (
    DAY_OR_MONTH,
    UNKNOWN_FORM,
    Letter,
    NoticeRead,
    clock,
    instant,
    read_as,
    status_of,
    value_of,
    zone_of,
)

_WHOSE: Final = r"(?:maintenance |work |planned |scheduled |outage )?"
_REST: Final = r"[\w /]{0,20}(?:\([^)\n]{1,20}\))?"
_START: Final = (
    rf"{_WHOSE}(?:start|begin|from){_REST}",
    "(?:beginn|anfang|von)",
    "(?:начало|время начала|с)[а-я ]{0,12}",
    "(?:inizio|dalle|data inizio)[a-z ]{0,12}",
    "(?:début|debut)[a-zé ]{0,12}",
    "(?:inicio|desde)[a-z ]{0,12}",
)
_END: Final = (
    rf"{_WHOSE}(?:end|finish|until|to){_REST}",
    "(?:ende|bis)",
    "(?:окончание|время окончания|по|до)[а-я ]{0,12}",
    "(?:fine|alle|data fine)[a-z ]{0,12}",
    "(?:fin)[a-zé ]{0,12}",
    "(?:fin|hasta)[a-z ]{0,12}",
)
_NUMBER: Final = (
    r"(?:maintenance |change |work |ticket |case |notification )?"
    r"(?:reference|number|id|no\.?|ticket|nr\.?)",
    r"(?:referenz|vorgang|ticket)(?:s?nummer)?",
    "номер(?: работ| заявки| уведомления)?|№",
    "(?:riferimento|numero)[a-z ]{0,12}",
    "(?:référence|numéro)",
    "(?:referencia|número)",
)
_THINGS: Final = (
    r"(?:affected |impacted )?(?:circuits?|services?|lines?|links?)(?: ids?)?"
    r"(?: affected| impacted)?",
    r"(?:betroffene )?(?:leitung(?:en)?|dienste?)",
    "(?:затронутые )?(?:каналы|линии|услуги|канал)",
    "(?:circuiti|circuito|servizi|linee)(?: interessat[ie])?",
    "(?:circuits?|liaisons?)(?: impact[ée]e?s| concern[ée]e?s)?",
    "(?:circuitos|servicios)(?: afectados)?",
)
_ZONE: Final = (
    "time ?zone",
    "zeitzone",
    "часовой пояс",
    "fuso orario",
    "fuseau horaire",
    "zona horaria",
)
_DAY: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)|(\d{1,2})([./])(\d{1,2})\3(\d{4})|(\d{1,2}[ -][A-Za-z]{3}[ -]\d{4})"
)
_HOUR: Final = re.compile(r"\b(\d{1,2}):(\d\d)(?::\d\d)?(?: ?([aApP])\.?[mM])?")
_BEHIND: Final = re.compile(
    r"^\W{0,3}((?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|[A-Za-zА-Я]+(?:/[A-Za-z_]+)?)"
)


def read_by_labels(letter: Letter) -> NoticeRead:
    """What the labels say; where they say nothing there is nothing."""
    zone = value_of(letter.text, *_ZONE, longest=40)
    since, until = value_of(letter.text, *_START), value_of(letter.text, *_END)
    start, end = _when(since, zone), _when(until, zone, day_of=since)
    things = re.split(r"[,;|]\s*|\s{2,}", value_of(letter.text, *_THINGS))
    number = value_of(letter.text, *_NUMBER, longest=60)
    return read_as(
        letter.sender.rpartition("@")[2].lower(),
        number=number.split()[0] if number else "",
        things=things,
        start=start,
        end=end,
        status=status_of(letter.subject),
        doubts=[UNKNOWN_FORM],
    )


def _when(said: str, zone: str, day_of: str = "") -> tuple[datetime | None, tuple[str, ...]]:
    """The day may stand with the beginning alone ("until 05:00")."""
    day, hour = _DAY.search(said) or _DAY.search(day_of), _HOUR.search(said)
    if day is None or hour is None:
        return instant(None, None)
    hours = int(hour[1]) % 12 + (12 if hour[3] in "pP" else 0) if hour[3] else int(hour[1])
    if hours > 23 or int(hour[2]) > 59:
        return instant(None, None)
    date, doubts = _day(day)
    behind = _BEHIND.match(said[hour.end() :])
    found, more = instant(
        date.replace(hour=hours, minute=int(hour[2])) if date else None,
        zone_of(behind[1] if behind else zone),
    )
    return found, (*doubts, *more)


def _day(found: re.Match[str]) -> tuple[datetime | None, tuple[str, ...]]:
    if found[1]:
        return clock(found[1], "%Y-%m-%d"), ()
    if found[6]:
        return clock(found[6].replace("-", " "), "%d %b %Y"), ()
    doubts: tuple[str, ...] = ()
    if found[3] == "/" and int(found[2]) <= 12 and found[2] != found[4]:
        doubts = (DAY_OR_MONTH,)
    return clock(f"{found[2]} {found[4]} {found[5]}", "%d %m %Y"), doubts
