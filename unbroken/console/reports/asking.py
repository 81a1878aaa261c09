"""A question over requests: which ones, by what, measured how, drawn how."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from unbroken.console.reports.by_field import SUM, field_of, number_field, number_name
from unbroken.console.tickets.counted import counted_word
from unbroken.ground.words import Phrase, _, in_language

GROUPS: Final[dict[str, Phrase]] = {
    "team": _("Team"),
    "topic": _("Topic"),
    "agent": _("Who has it"),
    "channel": _("Channel"),
    "priority": _("Priority"),
    "status": _("State"),
    "type": _("Type"),
    "customer": _("Customer"),
    "tag": _("Tag"),
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
}
MEASURES: Final[dict[str, Phrase]] = {
    "count": _("How many requests"),
    "first_answer_median": _("First answer, the middle one (hours)"),
    "first_answer_p80": _("First answer, four of five within (hours)"),
    "resolve_median": _("Resolved after, the middle one (hours)"),
    "resolve_p80": _("Resolved after, four of five within (hours)"),
    "answers": _("Answers given"),
    "time_spent": _("Time spent (hours)"),
    "reopened": _("Were opened again"),
    "kept_share": _("Promises kept (%)"),
    "first_contact": _("Solved at first contact (%)"),
}
CHARTS: Final[dict[str, Phrase]] = {
    "bar": _("Columns"),
    "stacked": _("Stacked columns"),
    "line": _("Lines"),
    "cross": _("Cross table"),
    "table": _("Only the table"),
}
PERIODS: Final[dict[str, Phrase]] = {
    "this-week": _("This week"),
    "last-week": _("Last week"),
    "this-month": _("This month"),
    "last-month": _("Last month"),
    "7": _("Last 7 days"),
    "30": _("Last 30 days"),
    "90": _("Last 90 days"),
    "365": _("Last 365 days"),
    "": _("All days"),
}
EVERY: Final[dict[str, Phrase]] = {
    "": _("Not by mail"),
    "day": _("Every morning"),
    "week": _("Every Monday"),
    "month": _("On the first of each month"),
}
WORDS_MAX = 200
ADDED_UP = frozenset({"count", "answers", "time_spent", "reopened"})
"""Measures whose pieces may be stacked: shares and medians do not add up."""


def adds_up(measure: str) -> bool:
    """Whether the numbers of two groups make the number of both."""
    return measure in ADDED_UP or measure.startswith(SUM)


def measure_name(measure: str) -> str:
    """What is measured, for people."""
    row = number_field(measure)
    return number_name(measure, row) if row else in_language(MEASURES[measure])


@dataclass(frozen=True, slots=True)
class Question:
    """Which requests (the words of a list), by what, measured how, drawn how."""

    words: str = ""
    period: str = "30"
    group: str = "team"
    second: str = ""
    measure: str = "count"
    chart: str = "bar"

    @property
    def groups(self) -> tuple[str, ...]:
        """One or two, never twice the same."""
        return (self.group, self.second) if self.second else (self.group,)

    def as_kept(self) -> dict[str, str]:
        """For an address, or to be kept."""
        return {
            "words": self.words, "period": self.period, "group": self.group,
            "second": self.second, "measure": self.measure, "chart": self.chart,
        }  # fmt: skip

    def all_words(self, today: date) -> str:
        """The words with the days of the period."""
        return f"{self.words} {self.days(today)}".strip()

    def days(self, today: date) -> str:
        """The days as a word of a list; nothing when all count."""
        if not self.period:
            return ""
        return counted_word("received", *_days(self.period, today))


def _days(period: str, today: date) -> tuple[date, date]:
    """The first and the last day of a period; whole weeks begin on Monday."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    match period:
        case "this-week":
            return monday, today
        case "last-week":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "this-month":
            return first, today
        case "last-month":
            ends = first - timedelta(days=1)
            return ends.replace(day=1), ends
    return today - timedelta(days=int(period) - 1), today


def read_question(given: Mapping[str, Any]) -> Question:
    """What an address or a kept report asks; whatever cannot be read is as it is by default."""

    def one_of(name: str, known: Mapping[str, object], default: str) -> str:
        value = str(given.get(name, default))
        return value if value in known else default

    def a_group(name: str, default: str) -> str:
        value = str(given.get(name, default))
        return value if value in GROUPS or field_of(value) else default

    def a_measure() -> str:
        value = str(given.get("measure", "count"))
        return value if value in MEASURES or number_field(value) else "count"

    group, second = a_group("group", "team"), a_group("second", "")
    words = " ".join(str(given.get("words", "")).replace("\0", "").split())[:WORDS_MAX]
    return Question(
        words=words,
        period=one_of("period", PERIODS, "30"),
        group=group,
        second="" if second == group else second,
        measure=a_measure(),
        chart=one_of("chart", CHARTS, "bar"),
    )


def key_of(question: Question, sight: Mapping[str, Any], day: date) -> str:
    """The same for everybody who asks the same with the same rights on the same day."""
    asked = {**question.as_kept(), "chart": ""}
    content = json.dumps([asked, dict(sight), day.isoformat()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def period_of(every: str, today: date) -> str:
    """Which day, week or month today belongs to: its mail goes once."""
    if every == "week":
        year, week, _day = today.isocalendar()
        return f"{year}-W{week:02}"
    return today.isoformat()[:7] if every == "month" else today.isoformat()


def is_time(groups: Sequence[str]) -> bool:
    """Whether the first group runs through time."""
    return bool(groups) and groups[0] in ("day", "week", "month")
