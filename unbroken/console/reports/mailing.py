"""Reports by mail: once a period, in the reader's language, with the rights of that morning."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from unbroken.console.access import may
from unbroken.console.dashboards import days
from unbroken.console.reports.asking import Question, measure_name, period_of, read_question
from unbroken.console.reports.drawing import Drawn, drawn, table_of
from unbroken.console.reports.lines import Line
from unbroken.console.reports.running import Found, asked_slowly
from unbroken.ground.words import Phrase, _, in_language, speaking
from unbroken.intake.outgoing import OutgoingFile
from unbroken.intake.post import send_service_mail
from unbroken.quality.counting import desk_zone
from unbroken.quality.state import reports as kept
from unbroken.quality.state.reports import Wish
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import SEE_REPORTS

log = logging.getLogger(__name__)

SENT_FROM_HOUR = 6
LINES_MAX = 40
USEFUL_FOR = timedelta(days=2)

STOPPED_SUBJECT = _("Not mailed any more: {name}")
STOPPED = _(
    "Your report “{name}” could not be made {n} times in a row, so it is not mailed any more. Look "
    "at it; once it works, choose again how often you want it:"
)
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
    for wish in kept.wishes(at=at):
        if wish.last_period == period_of(wish.every, here.date()):
            continue
        try:
            sent += _send(wish, at)
        except Exception:  # whatever it was: the reports behind it are due as well
            if not connection.is_usable():
                raise
            log.exception("the mail of report %s failed", wish.report_id)
            _failed(wish, at)
    return sent


def _failed(wish: Wish, at: datetime) -> None:
    """Once too often: it is switched off, and whoever wanted it is told, in one transaction."""
    agent = staffing.agent(AgentId(wish.agent_id))
    with transaction.atomic():
        if not kept.note_failure(wish.id, at=at) or agent is None:
            return
        with speaking(agent.language):
            words = [in_language(STOPPED, name=wish.name, n=kept.FAILURES_MAX), _link(wish)]
            send_service_mail(
                to=(agent.name, agent.email),
                subject=in_language(STOPPED_SUBJECT, name=wish.name),
                words="\n\n".join(words) + "\n",
                language=agent.language,
                until=at + USEFUL_FOR,
            )


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
        shown = drawn(question, found.rows, day=day)
        send_service_mail(
            to=(agent.name, agent.email),
            subject=in_language(SUBJECT, name=wish.name),
            words=_words(wish, shown.lines, found),
            language=agent.language,
            until=at + USEFUL_FOR,
            files=[] if found.state in NOT_MADE else [_file(question, shown)],
        )
    return True


def _words(wish: Wish, lines: Sequence[Line], found: Found) -> str:
    if found.state in NOT_MADE:
        table = in_language(NOT_MADE[found.state])
    else:
        table = "\n".join(map(_line, lines[:LINES_MAX])) or in_language(NOTHING_FOUND)
        if len(lines) > LINES_MAX:
            table += "\n" + in_language(MORE, n=len(lines) - LINES_MAX)
    measure = read_question(wish.asked).measure
    title = f"{wish.name}: {measure_name(measure)}"
    return "\n\n".join([title, table, in_language(WHOLE), _link(wish)]) + "\n"


def _link(wish: Wish) -> str:
    return settings.BASE_URL + reverse("console:report", args=[wish.report_id])


def _file(question: Question, shown: Drawn) -> OutgoingFile:
    """The same table for spreadsheets, as the page hands it out."""
    return OutgoingFile("report.csv", "text/csv", b"".join(table_of(question, shown)))


def _line(line: Line) -> str:
    requests = in_language(REQUESTS, n=line.tickets)
    return f"{' · '.join(line.names)}: {line.number} ({requests})"
