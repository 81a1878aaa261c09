"""`unbroken staffing forecast`: requests and people needed in each quarter of an hour of a week."""

import argparse
import json
import sys
from datetime import date, timedelta

from unbroken.ground.clock import now
from unbroken.quality.counting import desk_zone
from unbroken.quality.foreseeing import foreseen
from unbroken.staffing.forecast import DAYS_MIN, TooLittle

NAME = "staffing forecast"
HELP = (
    "requests and people needed in each quarter of an hour of a week, from the desk's own history"
)
UNKNOWN, DONE = 1, 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--week", type=date.fromisoformat, metavar="DAY", help="a day of the week; without it, next"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """A line a day; 1 where there is too little history."""
    try:
        week = foreseen(monday_of(args.week), at=now())
    except TooLittle as little:
        sys.stderr.write(f"unbroken: {little.days} days of history; it takes {DAYS_MIN}\n")
        return UNKNOWN
    if args.json:
        document = {
            "monday": week.monday.isoformat(),
            "handling_minutes": week.minutes,
            "days": [
                {
                    "day": day.day.isoformat(),
                    "holiday": day.is_holiday,
                    "level": day.level,
                    "season": day.season,
                    "days_like_it": day.like,
                    "hours_left_out": day.left_out,
                    "requests": list(day.quarters),
                    "people": list(people),
                }
                for day, people in zip(week.days, week.need, strict=True)
            ],
        }
        sys.stdout.write(json.dumps(document) + "\n")
        return DONE
    for day, people in zip(week.days, week.need, strict=True):
        sys.stdout.write(
            f"{day.day:%a %Y-%m-%d}{' (holiday)' if day.is_holiday else ''}: "
            f"{day.requests:.0f} requests, at most {max(people)} people\n"
        )
    return DONE


def monday_of(day: date | None) -> date:
    """The Monday of the week of a day; of next week without one."""
    day = day or now().astimezone(desk_zone()).date() + timedelta(days=7)
    return day - timedelta(days=day.weekday())
