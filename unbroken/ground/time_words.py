"""Times as people read them: how long, at what o'clock, on which day; in the reader's language."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from unbroken.ground.words import _, current_language, in_language

DAY, HOUR, MINUTE, SECOND = _("d"), _("h"), _("min"), _("s")
LATE = _("{time} late")


def iso(at: datetime) -> str:
    """For machines."""
    return at.isoformat(timespec="milliseconds")


def when(at: datetime, today: datetime, zone: str = "UTC") -> str:
    """14:05 today, 3 Nov 14:05 this year, 3 Nov 2024 before."""
    local, present = at.astimezone(ZoneInfo(zone)), today.astimezone(ZoneInfo(zone))
    if local.date() == present.date():
        return f"{local:%H:%M}"
    if local.year == present.year:
        return f"{_day_and_month(local.date(), current_language())}, {local:%H:%M}"
    return _date(local.date(), "medium", current_language())


def day(at: datetime, zone: str = "UTC") -> str:
    """Tuesday, 3 November 2026."""
    return _date(at.astimezone(ZoneInfo(zone)).date(), "full", current_language())


def wall(at: datetime, zone: str) -> str:
    """What the clock on the wall shows there."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def how_long(span: timedelta) -> str:
    """2 h 05 min. The browser says it in the same words (`js/time.js`)."""
    whole = max(0, int(span.total_seconds()))
    if whole < 60:
        return f"{whole} {in_language(SECOND)}"
    minutes = whole // 60
    if minutes < 60:
        return f"{minutes} {in_language(MINUTE)}"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} {in_language(HOUR)} {minutes:02} {in_language(MINUTE)}"
    days, hours = divmod(hours, 24)
    return f"{days} {in_language(DAY)} {hours} {in_language(HOUR)}"


def left(due_at: datetime, at: datetime) -> str:
    """How long a promise still has, or for how long it is late."""
    span = how_long(abs(due_at - at))
    return in_language(LATE, time=span) if due_at < at else span


def day_and_hour(at: datetime, *, zone: str, language: str) -> str:
    """Tuesday, 24 May, 12:30 (Europe/Berlin): for letters, where today is not the reader's."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_weekday(local.date(), language)}, {local:%H:%M} ({zone})"


@lru_cache(maxsize=2048)
def _weekday(day: date, language: str) -> str:
    return str(format_skeleton("MMMMEEEEd", day, locale=language))


@lru_cache(maxsize=2048)
def _day_and_month(day: date, language: str) -> str:
    return str(format_skeleton("MMMd", day, locale=language))


@lru_cache(maxsize=2048)
def _date(day: date, length: Literal["medium", "full"], language: str) -> str:
    return str(format_date(day, format=length, locale=language))
