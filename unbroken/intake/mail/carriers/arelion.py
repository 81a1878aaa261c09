"""Arelion (Telia Carrier): PWIC numbers, days as 2026-Jun-07, always in UTC."""

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

_NUMBER = re.compile(r"\bPWIC\d{5,9}(?:\.\d{1,3})?\b")
_MOMENT = re.compile(r"(\d{4}-(?:[A-Za-z]{3}|\d\d)-\d\d \d\d:\d\d) UTC")
_SERVICE = re.compile(r"\bIC-\d{5,8}\b")
_FORMS = ("%Y-%b-%d %H:%M", "%Y-%m-%d %H:%M")


def read(letter: Letter) -> list[NoticeRead]:
    """The number of an edition (`.1`) is cut off: a moved work keeps its window."""
    found = _NUMBER.search(f"{letter.subject}\n{letter.text}")
    if found is None:
        return []
    starts = _moments(letter.text, "Start Date and Time")
    ends = _moments(letter.text, "End Date and Time")
    action = value_of(letter.text, "Action Required", "Notification Type", "Status")
    return [
        read_as(
            "arelion.com",
            number=found[0].split(".")[0],
            things=_SERVICE.findall(letter.text),
            start=instant(clock(starts[0] if starts else "", *_FORMS), UTC),
            end=instant(clock(ends[0] if ends else "", *_FORMS), UTC),
            status=status_of(f"{letter.subject}\n{action}"),
            impact="REDUCED-REDUNDANCY" if "redundancy" in letter.text.lower() else "",
            doubts=[SEVERAL] if len(set(starts)) > 1 or len(set(ends)) > 1 else [],
        )
    ]


def _moments(text: str, label: str) -> list[str]:
    lines = re.findall(rf"(?im)^[\s>*|]{{0,6}}{label}\s{{0,3}}[:|][^\n]{{1,80}}", text)
    return [found[1] for line in lines if (found := _MOMENT.search(line))]


carrier = Carrier(
    key="arelion",
    name="Arelion",
    senders=("arelion.com", "teliacarrier.com", "telia.com"),
    read=read,
    examples=(
        Example(
            "Planned Work PWIC204417.1 Notification from Arelion",
            """Planned Work Reference: PWIC204417.1
Start Date and Time: 2026-Jun-07 01:00 UTC
End Date and Time: 2026-Jun-07 05:00 UTC
Service ID: IC-330044
Impact: 240 minutes
""",
            (
                NoticeRead(
                    "arelion.com",
                    "PWIC204417",
                    ("IC-330044",),
                    "",
                    "CONFIRMED",
                    datetime(2026, 6, 7, 1, tzinfo=UTC),
                    datetime(2026, 6, 7, 5, tzinfo=UTC),
                ),
            ),
        ),
        Example(
            "Planned Work PWIC204417.2 has been completed",
            "Planned Work Reference: PWIC204417.2\nService ID: IC-330044\n",
            (NoticeRead("arelion.com", "PWIC204417", ("IC-330044",), "", "COMPLETED"),),
        ),
    ),
)
