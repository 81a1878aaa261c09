"""Zayo: activity dates in two zones, the ticket as TTN-…, circuits in a table."""

import re
from datetime import UTC, datetime

from unbroken.intake.mail.carrier_forms import (
    SEVERAL,
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

_WINDOW = re.compile(
    r"(\d{1,2}-[A-Za-z]{3}-\d{4} \d\d:\d\d) {1,3}to {1,3}(\d{1,2}-[A-Za-z]{3}-\d{4} \d\d:\d\d)"
    r" {0,3}\( ?GMT ?\)"
)
_CIRCUIT = re.compile(r"(?m)^[\s|>]{0,4}((?:[A-Z]{2,6}/\d{3,8}/[A-Z0-9/]{0,12}ZYO)\b)")
_FORM = "%d-%b-%Y %H:%M"
_IMPACTS = (
    ("hard down", "OUTAGE"),
    ("switch hit", "DEGRADED"),
    ("no expected impact", "NO-IMPACT"),
    ("reduced redundancy", "REDUCED-REDUNDANCY"),
)


def read(letter: Letter) -> list[NoticeRead]:
    """One notice an activity date; only the dates in GMT count, the others say the same."""
    number = value_of(letter.text, r"Maintenance Ticket ?#?", longest=40).split(" ")[0]
    if not number.startswith("TTN-"):
        return []
    spans = list(dict.fromkeys(_WINDOW.findall(letter.text)))
    impact = next((word for said, word in _IMPACTS if said in letter.text.lower()), "")
    status = status_of(f"{letter.subject}\n{value_of(letter.text, 'Status', 'Maintenance Status')}")
    found = []
    for place, (since, until) in enumerate(spans or [("", "")], start=1):
        several = len(spans) > 1
        found.append(
            read_as(
                "zayo.com",
                number=f"{number}/{place}" if several else number,
                things=_CIRCUIT.findall(letter.text),
                start=instant(clock(since, _FORM), UTC),
                end=instant(clock(until, _FORM), UTC),
                status=status,
                impact=impact,
                doubts=[SEVERAL] if several else [],
            )
        )
    return found


_TEXT = """Maintenance Ticket #: TTN-0007654321
Urgency: Planned
Customer: Lindenhof Net

***1st Activity Date***
 07-Jun-2026 00:01 to 07-Jun-2026 05:00 ( Mountain )
 07-Jun-2026 06:01 to 07-Jun-2026 11:00 ( GMT )

Circuit Id | Expected Impact | A Location
OGYX/100100//ZYO | Hard Down - up to 3 hours | 7 Canal Street
"""

carrier = Carrier(
    key="zayo",
    name="Zayo",
    senders=("zayo.com",),
    read=read,
    examples=(
        Example(
            "Zayo Maintenance Notification - Planned - TTN-0007654321",
            _TEXT,
            (
                NoticeRead(
                    "zayo.com",
                    "TTN-0007654321",
                    ("OGYX/100100//ZYO",),
                    "OUTAGE",
                    "CONFIRMED",
                    datetime(2026, 6, 7, 6, 1, tzinfo=UTC),
                    datetime(2026, 6, 7, 11, 0, tzinfo=UTC),
                ),
            ),
        ),
        Example(
            "CANCELLED: Zayo Maintenance Notification TTN-0007654321",
            "Maintenance Ticket #: TTN-0007654321\n\nOGYX/100100//ZYO\n",
            (NoticeRead("zayo.com", "TTN-0007654321", ("OGYX/100100//ZYO",), "", "CANCELLED"),),
        ),
        Example(
            "Zayo Maintenance Notification - Planned - TTN-0007654321",
            _TEXT + "\n***2nd Activity Date***\n 08-Jun-2026 06:01 to 08-Jun-2026 11:00 ( GMT )\n",
            tuple(
                NoticeRead(
                    "zayo.com",
                    f"TTN-0007654321/{place}",
                    ("OGYX/100100//ZYO",),
                    "OUTAGE",
                    "CONFIRMED",
                    datetime(2026, 6, 6 + place, 6, 1, tzinfo=UTC),
                    datetime(2026, 6, 6 + place, 11, 0, tzinfo=UTC),
                    doubts=(SEVERAL,),
                )
                for place in (1, 2)
            ),
        ),
    ),
)
