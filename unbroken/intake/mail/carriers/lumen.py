"""Lumen: a table whose rows are ticket, start, end in GMT; services below."""

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

_ROW = re.compile(
    r"\b(\d{7,10}-\d{1,3})\b[ |\t]{1,8}(\d{4}-\d\d-\d\d \d\d:\d\d) ?GMT[ |\t]{1,8}"
    r"(\d{4}-\d\d-\d\d \d\d:\d\d) ?GMT"
)
_CIRCUIT = re.compile(r"(?m)^[\s|>]{0,4}([A-Z]{2,5}\d?/[A-Z0-9]{2,8}/\d{4,8}/(?:LVLC|GBLX|CTLI))\b")
_FORM = "%Y-%m-%d %H:%M"


def read(letter: Letter) -> list[NoticeRead]:
    """A row is a notice of its own: each has its own number."""
    rows = list(dict.fromkeys(_ROW.findall(letter.text)))
    status = status_of(f"{letter.subject}\n{value_of(letter.text, 'Status')}")
    return [
        read_as(
            "lumen.com",
            number=number,
            things=_CIRCUIT.findall(letter.text),
            start=instant(clock(since, _FORM), UTC),
            end=instant(clock(until, _FORM), UTC),
            status=status,
            doubts=[SEVERAL] if len(rows) > 1 else [],
        )
        for number, since, until in rows
    ]


carrier = Carrier(
    key="lumen",
    name="Lumen",
    senders=("lumen.com", "level3.com", "centurylink.com"),
    read=read,
    examples=(
        Example(
            "Scheduled Maintenance #: 22334455-1",
            """Scheduled Maintenance Window

22334455-1 | 2026-06-09 04:00 GMT | 2026-06-09 10:00 GMT

Circuit ID
BB/EQAB/100200/LVLC
""",
            (
                NoticeRead(
                    "lumen.com",
                    "22334455-1",
                    ("BB/EQAB/100200/LVLC",),
                    "",
                    "CONFIRMED",
                    datetime(2026, 6, 9, 4, tzinfo=UTC),
                    datetime(2026, 6, 9, 10, tzinfo=UTC),
                ),
            ),
        ),
    ),
)
