"""What counting every clock of one ticket costs, in processor time: no database, no waiting.

    .venv/bin/python bench/clocks.py [--tickets 2000]

A ticket has sixty events (questions, answers, holds, a reopening) and is promised something by
every measure there is, on a calendar with split days and holidays. The last line on standard output
is a JSON document: milliseconds of processor time a ticket, as the median and the 99th percentile
of batches of twenty, and how many tickets that makes in ten minutes on two cores.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from unbroken.calendars.working_time import Calendar
from unbroken.ground.events import LoggedEvent
from unbroken.promise.measures import all_measures
from unbroken.promise.timeline import runs, stand

BATCH = 20
TEN_MINUTES_ON_TWO_CORES_MS = 2 * 600_000
HOURS = Calendar.read(
    {
        "timezone": "Europe/Berlin",
        "week": {
            day: [["08:00", "12:00"], ["14:00", "17:30"]]
            for day in ("mon", "tue", "wed", "thu", "fri")
        },
        "holidays": ["01-01", "05-01", "12-25", "12-26"],
    }
)
Told = tuple[str, str, Mapping[str, object]]
"""Kind, by whom, data."""

TURN: tuple[Told, ...] = (
    ("ticket.message_added", "contact:9", {"message": 2}),
    ("ticket.replied", "agent:3", {"message": 4}),
    ("ticket.customer_asked", "agent:3", {}),
    ("ticket.customer_answered", "contact:9", {"message": 6}),
    ("ticket.held", "agent:3", {"waiting_for": "partner"}),
    ("ticket.resumed", "agent:3", {}),
)


def story(number: int) -> list[LoggedEvent]:
    """Sixty events over some weeks, begun at an hour of its own."""
    at = datetime(2026, 5, 4, tzinfo=UTC) + timedelta(minutes=37 * number)
    told = {"reported_at": at.isoformat(), "ticket_type": "complaint", "priority": "high"}
    lines: list[Told] = [("ticket.acknowledged", "house", told)]
    while len(lines) < 58:
        lines += TURN
    lines = [*lines[:57], ("ticket.resolved", "agent:3", {}), ("ticket.reopened", "contact:9", {})]
    lines.append(("ticket.message_added", "contact:9", {"message": 8}))
    return [
        LoggedEvent(
            id=number * 100 + place,
            stream=f"ticket:{number}",
            version=place + 1,
            kind=kind,
            at=at + timedelta(hours=7 * place),
            by=by,
            data=data,
        )
        for place, (kind, by, data) in enumerate(lines)
    ]


def count(events: list[LoggedEvent], at: datetime) -> int:
    """Every promise of a ticket; how many there were."""
    counted = 0
    for measure in all_measures().values():
        for run in runs(measure, events):
            stand(run, seconds=72_000, calendar=HOURS, warning_share=0.75, at=at)
            counted += 1
    return counted


def main() -> None:
    """Count, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=int, default=2000, metavar="N")
    args = parser.parse_args()
    stories = [story(number) for number in range(BATCH)]
    at = stories[-1][-1].at + timedelta(hours=1)
    promises = sum(count(one, at) for one in stories) / BATCH  # the calendar is laid out now
    took = []
    for _batch in range(max(args.tickets // BATCH, 2)):
        began = time.process_time()
        for one in stories:
            count(one, at)
        took.append((time.process_time() - began) * 1000 / BATCH)
    middle = median(took)
    told = {
        "events": len(stories[0]),
        "promises": promises,
        "ms_p50": round(middle, 3),
        "ms_p99": round(quantiles(took, n=100)[98], 3),
        "tickets_in_ten_minutes": int(TEN_MINUTES_ON_TWO_CORES_MS / middle),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
