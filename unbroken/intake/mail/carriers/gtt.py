"""GTT: American dates in GMT, a work notification's number, services by their id in a list."""

import re
from datetime import UTC, datetime

from unbroken.intake.mail.carrier_forms import (
    NO_ZONE,
    Carrier,
    Example,
    Letter,
    NoticeRead,
    clock,
    instant,
    read_as,
    status_of,
    value_of,
)

_NUMBER = re.compile(r"(?i)\bWork Notification:? ?#? ?(\d{5,9})\b")
_MOMENT = re.compile(r"(\d\d/\d\d/\d{4} \d\d:\d\d)(?::\d\d)? GMT\b")
_SERVICE = re.compile(r"\b(?:HPOE|HPRN|WAVE|IPT|EVPN|ETH)\d{5,9}-\d{5,9}\b")


def _when(text: str, label: str) -> tuple[datetime | None, tuple[str, ...]]:
    said = value_of(text, label)
    found = _MOMENT.search(said)
    if said and found is None:
        return None, (NO_ZONE,)
    return instant(clock(found[1] if found else "", "%m/%d/%Y %H:%M"), UTC)


def read(letter: Letter) -> list[NoticeRead]:
    """A time without GMT behind it is none that we know."""
    found = _NUMBER.search(f"{letter.subject}\n{letter.text}")
    if found is None:
        return []
    return [
        read_as(
            "gtt.net",
            number=found[1],
            things=_SERVICE.findall(letter.text),
            start=_when(letter.text, "Start"),
            end=_when(letter.text, "End"),
            status=status_of(f"{letter.subject}\n{value_of(letter.text, 'Status')}"),
        )
    ]


_TEXT = """Planned Work Notification: 5551234
Start: 06/08/2026 00:00:00 GMT
End: 06/08/2026 06:00:00 GMT
Location: Hamburg
Planned work reason: exchange of a card

Services Affected:
HPOE000123-9900456 | Lindenhof Net | Not protected
"""

carrier = Carrier(
    key="gtt",
    name="GTT",
    senders=("gtt.net",),
    read=read,
    examples=(
        Example(
            "Planned Work Notification: 5551234 - New",
            _TEXT,
            (
                NoticeRead(
                    "gtt.net",
                    "5551234",
                    ("HPOE000123-9900456",),
                    "",
                    "CONFIRMED",
                    datetime(2026, 6, 8, tzinfo=UTC),
                    datetime(2026, 6, 8, 6, tzinfo=UTC),
                ),
            ),
        ),
        Example(
            "Planned Work Notification: 5551234 - Rescheduled",
            _TEXT.replace(" GMT", " local time"),
            (
                NoticeRead(
                    "gtt.net",
                    "5551234",
                    ("HPOE000123-9900456",),
                    "",
                    "RE-SCHEDULED",
                    doubts=("no_zone",),
                ),
            ),
        ),
    ),
)
