"""A crew reports by its pass: from the page or by mail, the same sentence.

A tap counts for what its page showed. Whatever happened since, its own repetition included, makes
it count for nothing: the crew sees how things stand and taps again.
"""

from datetime import datetime

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.intake.crews.first_word import Reported
from unbroken.intake.crews.passes import Pass
from unbroken.outage import actions as outage
from unbroken.outage.ids import ProblemId
from unbroken.outage.queries import Problem

refusals(
    {
        "crew.over": _("This link is over. Ask the desk for a new one."),
        "crew.stale": _("Something was reported meanwhile. This is how it stands now."),
    }
)


def seen_of(problem: Problem) -> str:
    """What a page showed, to be sent back with the tap."""
    return f"{problem.step}.{problem.step_at.isoformat() if problem.step_at else ''}"


def report(given: Pass, said: Reported, *, at: datetime) -> None:
    """The step, by whoever has the pass."""
    if not given.is_open(at):
        raise Refused("crew.over")
    outage.take_step(
        problem_id=ProblemId(given.problem),
        step=said.step,
        minutes=said.minutes,
        note=said.note,
        by=Actor.crew(given.id),
        at=at,
    )
