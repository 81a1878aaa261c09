"""Cogent: American dates with the local zone in two letters, a work order VN…, order numbers."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from unbroken.intake.mail.carrier_forms import (
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

_ZONES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "CET": "Europe/Paris",
    "GMT": "UTC",
    "UTC": "UTC",
}
_MOMENT = re.compile(
    r"(\d{1,2}:\d\d ?[apAP][mM]) (?:\(local time\) )?([A-Z]{2,3})\.? (\d{1,2}/\d{1,2}/\d{4})"
)
_ORDER = re.compile(r"\b\d-\d{6,12}\b")


def _when(text: str, label: str) -> tuple[datetime | None, tuple[str, ...]]:
    found = _MOMENT.search(value_of(text, label))
    if found is None:
        return instant(None, None)
    wall = clock(f"{found[3]} {found[1].replace(' ', '').upper()}", "%m/%d/%Y %I:%M%p")
    name = _ZONES.get(found[2])
    return instant(wall, ZoneInfo(name) if name else None)


def read(letter: Letter) -> list[NoticeRead]:
    """Their month comes first, always; the zone is the place's own."""
    number = value_of(letter.text, "Work order number", longest=40).split(" ")[0]
    if not number:
        return []
    said = value_of(letter.text, r"Expected Outage/Downtime", "Expected Downtime").lower()
    return [
        read_as(
            "cogentco.com",
            number=number,
            things=_ORDER.findall(value_of(letter.text, r"Order ID\(s\) impacted", "Order IDs?")),
            start=_when(letter.text, "Start time"),
            end=_when(letter.text, "End time"),
            status=status_of(letter.subject),
            impact="OUTAGE" if re.search(r"\d", said) else "",
        )
    ]


_TEXT = """Dear Cogent customer,

As a valued customer we want to tell you of work in our network.

Start time: 10:00pm CT 6/4/2026
End time: 5:00am CT 6/5/2026
Work order number: VN26118
Order ID(s) impacted: 1-300123456
Expected Outage/Downtime: 30 minutes
"""

carrier = Carrier(
    key="cogent",
    name="Cogent",
    senders=("cogentco.com",),
    read=read,
    examples=(
        Example(
            "Planned Network Maintenance - Lindenhof Net 6/4/2026 - 6/5/2026 - VN26118",
            _TEXT,
            (
                NoticeRead(
                    "cogentco.com",
                    "VN26118",
                    ("1-300123456",),
                    "OUTAGE",
                    "CONFIRMED",
                    datetime(2026, 6, 5, 3, tzinfo=UTC),
                    datetime(2026, 6, 5, 10, tzinfo=UTC),
                ),
            ),
        ),
        Example(
            "Rescheduled: Planned Network Maintenance - VN26118",
            _TEXT.replace("CT 6/4", "XT 6/4"),
            (
                NoticeRead(
                    "cogentco.com",
                    "VN26118",
                    ("1-300123456",),
                    "OUTAGE",
                    "RE-SCHEDULED",
                    None,
                    datetime(2026, 6, 5, 10, tzinfo=UTC),
                    doubts=("no_zone",),
                ),
            ),
        ),
    ),
)
