"""Who is not back with the others when a problem is over: some seconds late, or alone for good.

A problem ends when nine of ten are back. The rest get a little time: their requests stay joined and
nobody is told anything. Whoever is heard meanwhile is back, their request ends, their household
hears that it is over. Whoever is not then is left alone: their requests get a verdict of their own,
their household our honest word. Asked again it changes nothing, so a kill at any moment costs
nothing but a few seconds.
"""

from datetime import datetime, timedelta

from unbroken.ground.actor import HOUSE
from unbroken.outage import actions, queries
from unbroken.outage.ids import ProblemId
from unbroken.outage.queries import stragglers

GRACE = timedelta(minutes=10)
"""So long after the end the rest may come back: a DSL modem trains for three minutes, a router that
restarted dials for two more, a BNG lets thousands in one after the other."""

HEARD_FOR = timedelta(days=14)
"""So long their return is still noted: who comes home from a journey switches it on again."""


def ask_all(*, at: datetime) -> None:
    """Look for everybody who was left behind."""
    for number in stragglers.with_stragglers(since=at - HEARD_FOR):
        ask(number, at=at)


def ask(problem_id: int, *, at: datetime) -> None:
    """Note who is heard again; when their time is over leave the rest to themselves."""
    number = ProblemId(problem_id)
    if heard := stragglers.heard_again(problem_id, at=at):
        actions.restore_services(problem_id=number, services=heard, by=HOUSE, at=at)
    found = queries.problem(problem_id)
    if found is None or found.is_open or found.until is None or found.left_at is not None:
        return
    if at - found.until >= GRACE and queries.affected_by(problem_id, only_away=True):
        actions.leave_alone(problem_id=number, by=HOUSE, at=at)
