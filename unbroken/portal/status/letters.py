"""The status page by mail: what is new, in words for everybody, in the reader's language."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.portal.status import words
from unbroken.portal.status.news import News, WorkNews
from unbroken.portal.status.reading import Incident, Update

OVER = _("{what} works again")
MORE = _("News of how things stand")
TOLD_AT = _("{time}: {words}")
ARRIVES = _("They arrive by {time}.")
NEXT_NEWS = _("The next news comes by {time}.")
FROM_TO = _("From {since} to {until}.")
STANDS = _("How it stands: {link}")
WORK_KINDS: dict[str, Phrase] = {
    "announced": _("Planned: {work}"),
    "moved": _("Moved: {work}"),
}
CALLED_OFF = _("Planned work is called off")
CALLED_OFF_WORDS = _("The work announced for {since} will not be.")


def subject_of(news: News) -> str:
    """What it is, without opening it. In the language that is spoken now."""
    if len(news.incidents) + len(news.work) > 1:
        return in_language(MORE)
    if news.incidents:
        one, _updates = news.incidents[0]
        return _name(one)
    return _work_name(news.work[0])


def text_of(news: News, language: str) -> str:
    """What happened, the oldest first, and where to look."""
    blocks = [_incident(one, updates, language) for one, updates in news.incidents]
    blocks += [_work(one, language) for one in news.work]
    link = settings.BASE_URL + reverse("portal:status")
    return "\n\n".join([*blocks, in_language(STANDS, language, link=link)])


def _name(one: Incident) -> str:
    if one.problem.is_open:
        return words.incident_name(one)
    return in_language(OVER, what=words.what(one.components))


def _incident(one: Incident, updates: tuple[Update, ...], language: str) -> str:
    lines = [_name(one)]
    for update in updates:
        said = words.update_words(update)
        if update.due_at is not None:
            said += " " + in_language(ARRIVES, language, time=_time(update.due_at, language))
        lines.append(in_language(TOLD_AT, language, time=_time(update.at, language), words=said))
    next_at = one.problem.next_news_at
    if one.problem.is_open and next_at is not None:
        lines.append(in_language(NEXT_NEWS, language, time=_time(next_at, language)))
    return "\n".join(lines)


def _work(one: WorkNews, language: str) -> str:
    if one.work is None:
        since = _time(one.since, language)
        return in_language(CALLED_OFF_WORDS, language, since=since)
    times = {"since": _time(one.since, language), "until": _time(one.until, language)}
    return f"{_work_name(one)}\n{in_language(FROM_TO, language, **times)}"


def _work_name(one: WorkNews) -> str:
    if one.work is None:
        return in_language(CALLED_OFF)
    return in_language(WORK_KINDS[one.kind], work=words.work_name(one.work))


def _time(at: datetime, language: str) -> str:
    """In the desk's own zone, named: nothing is known of the reader but an address."""
    return day_and_hour(at, zone=settings.UNBROKEN.timezone, language=language)
