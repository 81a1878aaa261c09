"""What a page would not wait for is made here, one question after the other."""

from datetime import datetime

from unbroken.console.dashboards import days
from unbroken.console.reports.asking import read_question
from unbroken.console.reports.running import asked_slowly
from unbroken.quality.state import reports as kept
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId


def make_waiting(at: datetime) -> bool:
    """The question that waits longest; whether one was made. Its asker's rights are asked anew."""
    waiting = kept.next_waiting()
    if waiting is None:
        return False
    agent = staffing.agent(AgentId(int(waiting.sight["agent"])))
    if agent is not None and agent.active:
        question = read_question(waiting.asked)
        if asked_slowly(agent, question, day=days.today(at), at=at).state == "busy":
            return False
    kept.forget_waiting(waiting.key)
    return True
