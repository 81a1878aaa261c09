"""News to many, worded for one: short, in their language, times in their zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.telling.known import NEXT_NEWS, SINCE, STEPS, words_about
from unbroken.outage.queries import Problem

GREETING, GREETING_NOBODY = _("Hello {name},"), _("Hello,")
SUBJECTS: dict[str, Phrase] = {
    "known": _("We know that your service does not work"),
    "crew": _("News about your service"),
    "next_news": _("News about your service"),
    "over": _("Your service works again"),
    "again": _("Your service does not work again"),
}
IS_BACK = _("The trouble is back. We are working on it.")
NO_NEED = _("You need not report it and need not answer.")
ARRIVES = _("They arrive by {time}.")
LEFT_SUBJECT = _("The trouble is over, your service is not back yet")
IS_OVER = _("The trouble is over since {time}.")
IS_LEFT = _("But your service is not back, as far as we can see. Perhaps a device is switched off.")
TELL_LEFT = _("Is it on and does not work? Tell us with one tap, and we look at your line: {link}")
WORKS_AGAIN = _("As far as we can see your service works again since {time}.")
IS_IT_WELL = _("Is it well again for you? One tap, yes or no: {link}")
OR_ANSWER = _("Or answer this mail with yes or no.")
IF_NOT = _("Does it not work for you? Tell us: {link}")
STANDS = _("How it stands: {link}")
LESS = _("Which mail you want: {link}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it."""

    name: str
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Where they answer whether it is well again."""

    link: str
    is_asked_already: bool = False
    is_left: bool = False
    """One of their services is not back yet."""


def subject_of(message: str, language: str) -> str:
    """What it is, without opening it."""
    return in_language(SUBJECTS[message], language)


def words_of_letter(message: str, step: str, said: str, problem: Problem, to: Reader) -> str:
    """The whole letter; the end has words of its own."""
    return in_a_letter(_body(message, step, said, problem, to), to)


def words_of_end(
    problem: Problem, to: Reader, well: Asking, *, back_at: datetime | None = None
) -> tuple[str, str]:
    """Subject and letter of the end; `back_at`: since when all of theirs works, if we know."""
    subject = LEFT_SUBJECT if well.is_left else SUBJECTS["over"]
    since = problem.until or problem.since
    if back_at is not None and not well.is_left:
        since = back_at
    return in_language(subject, to.language), in_a_letter(_over(since, to, well), to)


def in_a_letter(body: Sequence[str], to: Reader) -> str:
    """Greeted, and with where to look and how to get less."""
    language = to.language
    name = " ".join(to.name.split())
    hello = (
        in_language(GREETING, language, name=name)
        if name
        else in_language(GREETING_NOBODY, language)
    )
    lines = [hello, *body]
    lines.append(in_language(STANDS, language, link=f"{settings.BASE_URL}/status"))
    lines.append(in_language(LESS, language, link=f"{settings.BASE_URL}/settings"))
    return "\n\n".join(lines) + "\n"


def _over(since: datetime, to: Reader, well: Asking) -> list[str]:
    """Who was asked before is not asked again, but may still say that it does not work."""
    time, link = day_and_hour(since, zone=to.zone, language=to.language), well.link
    if well.is_left:
        return [
            in_language(IS_OVER, to.language, time=time),
            in_language(IS_LEFT, to.language),
            in_language(TELL_LEFT, to.language, link=link),
        ]
    lines = [in_language(WORKS_AGAIN, to.language, time=time)]
    if well.is_asked_already:
        return [*lines, in_language(IF_NOT, to.language, link=link)]
    return [
        *lines,
        in_language(IS_IT_WELL, to.language, link=link),
        in_language(OR_ANSWER, to.language),
    ]


def _body(message: str, step: str, said: str, problem: Problem, to: Reader) -> list[str]:
    def time(at: datetime) -> str:
        return day_and_hour(at, zone=to.zone, language=to.language)

    language = to.language
    if message == "crew":
        lines = [in_language(STEPS.get(step, STEPS["working"]), language)]
        if problem.due_at is not None and step == "minutes":
            lines.append(in_language(ARRIVES, language, time=time(problem.due_at)))
        return lines
    if message == "again":
        lines = [in_language(IS_BACK, language)]
    else:
        lines = [said.strip() or words_about(problem, language)]
    if message == "known":
        lines.append(in_language(SINCE, language, time=time(problem.since)))
    if problem.next_news_at is not None:
        lines.append(in_language(NEXT_NEWS, language, time=time(problem.next_news_at)))
    if message in ("known", "again"):
        lines.append(in_language(NO_NEED, language))
    return lines
