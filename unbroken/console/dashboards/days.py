"""Days and weeks of the desk, as words and as words of a list."""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton

from unbroken.ground.words import current_language
from unbroken.quality.counting import desk_zone


def today(at: datetime) -> date:
    """Which day it is at the desk."""
    return at.astimezone(desk_zone()).date()


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def midnight(at: datetime) -> datetime:
    """When the desk's day ends."""
    zone = desk_zone()
    return datetime.combine(today(at) + timedelta(days=1), datetime.min.time(), zone)


def short(day: date) -> str:
    """16 Nov, in the reader's language."""
    return str(format_skeleton("MMMd", day, locale=current_language()))


def weekday(day: date) -> str:
    """Mon 16, in the reader's language."""
    return str(format_skeleton("Ed", day, locale=current_language()))
