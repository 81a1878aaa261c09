"""The week's list by mail, to every agent who wants it: once, with the rights of that morning."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from unbroken.console.access import may
from unbroken.console.ageing.words import SIGNS, numbers, when
from unbroken.evidence.queries import ageing
from unbroken.evidence.queries.ageing import LineRow, Record
from unbroken.evidence.state import ageing as kept
from unbroken.ground.words import _, in_language, speaking
from unbroken.intake.post import send_service_mail
from unbroken.quality.counting import desk_zone
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import SEE_REPORTS

SENT_FROM_HOUR = 6
LINES_MAX = 40
USEFUL_FOR = timedelta(days=5)
SUBJECT = _("Lines that will likely fail within four weeks: {n}")
CAME_TRUE = _("Of earlier lists {came} of {decided} came true (nobody having mended them before).")
NO_RECORD = _("How often such lists come true here is not known yet.")
MORE = _("… and {n} more lines")
WHOLE = _("All of them, with a picture each:")


def send_due(at: datetime) -> int:
    """To whoever wants the latest list and has not got it; an empty list is noted and not told."""
    monday = ageing.latest_monday()
    if monday is None or at.astimezone(desk_zone()).hour < SENT_FROM_HOUR:
        return 0
    waiting = kept.waiting_for(monday)
    if not waiting:
        return 0
    lines, record = ageing.lines_on(monday), ageing.record_of(ageing.latest_lists())
    sent = 0
    for number in waiting:
        with transaction.atomic():
            if kept.claim_mail(number, monday) and lines:
                sent += _send(number, lines, record, at)
    return sent


def _send(number: int, lines: list[LineRow], record: Record, at: datetime) -> bool:
    agent = staffing.agent(AgentId(number))
    if agent is None or not agent.active or not may(agent, SEE_REPORTS):
        return False
    with speaking(agent.language):
        send_service_mail(
            to=(agent.name, agent.email), subject=in_language(SUBJECT, n=len(lines)),
            words=_words(lines, record), language=agent.language, until=at + USEFUL_FOR,
        )  # fmt: skip
    return True


def _words(lines: list[LineRow], record: Record) -> str:
    told = "\n".join(_line(one) for one in lines[:LINES_MAX])
    if len(lines) > LINES_MAX:
        told += "\n" + in_language(MORE, n=len(lines) - LINES_MAX)
    past = in_language(NO_RECORD)
    if record.decided:
        past = in_language(CAME_TRUE, came=record.came_true, decided=record.decided)
    link = settings.BASE_URL + reverse("console:ageing")
    return "\n\n".join([told, past, in_language(WHOLE), link]) + "\n"


def _line(line: LineRow) -> str:
    sign = line.why[0]
    said = [in_language(SIGNS[sign["kind"]]), numbers(sign), when(sign)]
    where = " · ".join(one for one in (line.service, line.element, line.place_name) if one)
    return f"{round(100 * line.chance)} % {where}: " + "; ".join(one for one in said if one)
