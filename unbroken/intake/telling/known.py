"""First contact: what we know already of trouble at somebody's services, before anyone types.

The portal's first page, its form and the acknowledgement all ask this; the words are ours and need
nobody's approval. A person's own words about the problem go before them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble, known_trouble, tells
from unbroken.ground.log import words_of
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.outage import queries as outage
from unbroken.outage.queries import Problem

WE_KNOW = _("We know that your service does not work and are working on it.")
STEPS: dict[str, Phrase] = {
    "left": _("The crew is on its way."),
    "minutes": _("The crew is on its way."),
    "working": _("The crew is at work."),
    "done": _("The crew has finished; we watch whether everything works again."),
    "notDone": _("The crew could not finish; we say what comes next."),
}
SINCE = _("Since {time}.")
NEXT_NEWS = _("The next news comes by {time}.")


def words_about(problem: Problem, language: str, said: str = "") -> str:
    """What there is to say: a person's words, else that we know; and what the crew does."""
    first = said.strip() or in_language(WE_KNOW, language)
    step = STEPS.get(problem.step)
    return f"{first} {in_language(step, language)}" if step else first


KEY = "problem:"


def problem_number(key: str) -> int | None:
    """The problem behind a trouble that a page shows; None: it is none of ours."""
    return int(key.removeprefix(KEY)) if key.startswith(KEY) else None


@tells
def trouble(services: Sequence[ServiceId], language: str, at: datetime) -> list[Trouble]:
    """The open problems from which these services suffer now; two questions, however many."""
    found = outage.problems_of([int(one) for one in services])
    if not found:
        return []
    problems = {one.id: one for one in found.values()}
    said = words_of(one.news_id for one in problems.values())
    return [
        Trouble(
            key=f"{KEY}{one.id}",
            words=words_about(one, language, said.get(one.news_id or 0) or ""),
            since=one.since,
            services=tuple(service for service in services if found.get(int(service)) == one),
            news_by=one.next_news_at if one.next_news_at and one.next_news_at > at else None,
        )
        for one in problems.values()
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What an acknowledgement says in place of the time by which a person answers."""

    lines: tuple[str, ...]


def known_at(service_id: int | None, *, language: str, zone: str, at: datetime) -> Known | None:
    """What we know of this service's trouble, worded for a letter; None: nothing."""
    if service_id is None:
        return None
    found = known_trouble([ServiceId(service_id)], language=language, at=at)
    if not found:
        return None
    one = found[0]
    since = day_and_hour(one.since, zone=zone, language=language)
    lines = [one.words, in_language(SINCE, language, time=since)]
    if one.news_by is not None:
        by = day_and_hour(one.news_by, zone=zone, language=language)
        lines.append(in_language(NEXT_NEWS, language, time=by))
    return Known(tuple(lines))
