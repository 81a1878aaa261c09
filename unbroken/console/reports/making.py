"""What a page would not wait for is made here, one question after the other."""

import logging
from datetime import datetime

from django.db import connection

from unbroken.console.dashboards import days
from unbroken.console.reports.asking import read_question
from unbroken.console.reports.running import asked_slowly
from unbroken.quality.state import reports as kept
from unbroken.quality.state.reports import Answer
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

log = logging.getLogger(__name__)


def make_waiting(at: datetime) -> bool:
    """The question that waits longest; whether one was made. Its asker's rights are asked anew."""
    waiting = kept.next_waiting()
    if waiting is None:
        return False
    try:
        return _make(waiting, at)
    except Exception:  # whatever it was: the questions behind it have their turn
        if not connection.is_usable():
            raise
        log.exception("the report %s could not be made", dict(waiting.asked))
        kept.note_failed(waiting.key, at=at)
        return True


def _make(waiting: Answer, at: datetime) -> bool:
    agent = staffing.agent(AgentId(int(waiting.sight["agent"])))
    if agent is not None and agent.active:
        question = read_question(waiting.asked)
        if asked_slowly(agent, question, day=days.today(at), at=at).state == "busy":
            return False
    kept.forget_waiting(waiting.key)
    return True
