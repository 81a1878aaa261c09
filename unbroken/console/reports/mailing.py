"""Reports by mail: once a period, in the reader's language, with the rights of that morning."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from unbroken.console.access import may
from unbroken.console.dashboards import days
from unbroken.console.reports.asking import MEASURES, period_of, read_question
from unbroken.console.reports.drawing import Line, drawn
from unbroken.console.reports.running import Found, asked_slowly
from unbroken.ground.words import Phrase, _, in_language, speaking
from unbroken.intake.post import send_service_mail
from unbroken.quality.counting import desk_zone
from unbroken.quality.state import reports as kept
from unbroken.quality.state.reports import Wish
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import SEE_REPORTS
from unbroken.staffing.queries import AgentCard

SENT_FROM_HOUR = 6
LINES_MAX = 40
USEFUL_FOR = timedelta(days=2)

SUBJECT = _("Report: {name}")
REQUESTS = _("requests: {n}")
NOTHING_FOUND = _("Nothing fits.")
MORE = _("… and {n} more lines")
WHOLE = _("The whole report, with its picture and the list behind every number:")
NOT_MADE: dict[str, Phrase] = {
    "cut": _("It took too long and was cut. Narrow it by days, team or topic."),
    "wide": _("It is too wide for one report. Narrow it by days, team or topic."),
}


def send_due(at: datetime) -> int:
    """Every report that is due and was not sent yet; returns how many were sent."""
    here = at.astimezone(desk_zone())
    if here.hour < SENT_FROM_HOUR:
        return 0
    sent = 0
    for wish in kept.wishes():
        if wish.last_period != period_of(wish.every, here.date()):
            sent += _send(wish, at)
    return sent


def _send(wish: Wish, at: datetime) -> bool:
    """One mail, queued in the transaction that notes it: never twice, and never lost."""
    agent = staffing.agent(AgentId(wish.agent_id))
    if agent is None or not agent.active or not may(agent, SEE_REPORTS):
        return False
    question, day = read_question(wish.asked), days.today(at)
    found = asked_slowly(agent, question, day=day, at=at)
    if found.state == "busy":
        return False
    with transaction.atomic(), speaking(agent.language):
        if not kept.claim(wish.id, period=period_of(wish.every, day)):
            return False
        send_service_mail(
            to=(agent.name, agent.email),
            subject=in_language(SUBJECT, name=wish.name),
            words=_words(wish, agent, found, at),
            language=agent.language,
            until=at + USEFUL_FOR,
        )
    return True


def _words(wish: Wish, agent: AgentCard, found: Found, at: datetime) -> str:
    question = read_question(wish.asked)
    link = settings.BASE_URL + reverse("console:report", args=[wish.report_id])
    if found.state in NOT_MADE:
        table = in_language(NOT_MADE[found.state])
    else:
        lines = drawn(question, found.rows, day=days.today(at)).lines
        table = "\n".join(map(_line, lines[:LINES_MAX])) or in_language(NOTHING_FOUND)
        if len(lines) > LINES_MAX:
            table += "\n" + in_language(MORE, n=len(lines) - LINES_MAX)
    title = f"{wish.name}: {in_language(MEASURES[question.measure])}"
    return "\n\n".join([title, table, in_language(WHOLE), link]) + "\n"


def _line(line: Line) -> str:
    requests = in_language(REQUESTS, n=line.tickets)
    return f"{' · '.join(line.names)}: {line.number} ({requests})"
