"""Silence and chatter, week by week: news promised and missed, messages per request."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.ground.sql import rows

MANY = 6
"""More messages than this about one request are chatter: the number, a question and its answer,
two pieces of news and the end are six."""


@dataclass(frozen=True, slots=True)
class _Chatter:
    week: date
    requests: int
    messages: int
    receipts: int
    most: int
    chatty: int
    silent: int


@dataclass(frozen=True, slots=True)
class _Silence:
    week: date
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class Week:
    """One week: requests that ended and what was said about them; news promised and judged.

    `silent`: nobody heard more than the number. `most`: about one request. `problems_kept` and
    `problems_missed`: news promised to everybody whom a problem strikes.
    """

    week: date
    requests: int = 0
    messages: int = 0
    most: int = 0
    chatty: int = 0
    silent: int = 0
    kept: int = 0
    missed: int = 0
    problems_kept: int = 0
    problems_missed: int = 0

    @property
    def each(self) -> float | None:
        """Messages per request."""
        return self.messages / self.requests if self.requests else None

    @property
    def missed_share(self) -> float | None:
        """Of the news promised, the share that did not come in time."""
        judged = self.kept + self.missed
        return self.missed / judged if judged else None


def weeks(*, today: date, count: int, zone: ZoneInfo, at: datetime) -> list[Week]:
    """The last weeks, the present one included, the oldest first."""
    last = today - timedelta(days=today.weekday())
    first = last - timedelta(weeks=count - 1)
    ends = last + timedelta(weeks=1)
    spans = {"since": _midnight(first, zone), "until": _midnight(ends, zone)}
    talk = {
        one.week: one
        for one in rows(_Chatter, "intake/queries/chatter.sql", zone=zone.key, many=MANY, **spans)
    }
    kept = {
        one.week: one
        for one in rows(_Silence, "intake/queries/silence.sql", since=first, until=ends)
    }
    many = {
        one.week: one
        for one in rows(
            _Silence, "intake/queries/problem_silence.sql", zone=zone.key, at=at, **spans
        )
    }
    return [_week(first + timedelta(weeks=number), talk, kept, many) for number in range(count)]


def _week(
    monday: date,
    talk: dict[date, _Chatter],
    kept: dict[date, _Silence],
    many: dict[date, _Silence],
) -> Week:
    told = many.get(monday, _Silence(monday, 0, 0))
    said = talk.get(monday, _Chatter(monday, 0, 0, 0, 0, 0, 0))
    news = kept.get(monday, _Silence(monday, 0, 0))
    return Week(
        monday,
        said.requests,
        said.messages,
        said.most,
        said.chatty,
        said.silent,
        news.kept,
        news.missed,
        told.kept,
        told.missed,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone)
