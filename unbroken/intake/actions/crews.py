"""A crew's link is made and taken back; who made it is on record."""

from datetime import datetime, timedelta

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import LANGUAGES, _
from unbroken.intake.events_crew import CrewPassEnded, CrewPassMade
from unbroken.intake.models_crew import CrewPass

LASTS_MAX = timedelta(days=7)
FOR_WHOM_MAX = 120

refusals({"crew_pass.too_long": _("A crew's link lasts a week at most.")})


def give_pass(
    *,
    problem: int,
    language: str,
    for_whom: str,
    lasts: timedelta,
    is_mailed: bool,
    by: Actor,
    at: datetime,
) -> int:
    """A crew may report on this problem for so long; returns the number of its pass."""
    if not timedelta(0) < lasts <= LASTS_MAX:
        raise Refused("crew_pass.too_long")
    with begin(CrewPass, by=by, at=at) as given:
        given.problem, given.made_by, given.made_at = problem, str(by), at
        given.language = language if language in LANGUAGES else "en"
        given.ends_at = at + lasts
        whom = for_whom.strip()[:FOR_WHOM_MAX]
        given.words_id = given.said(whom, whose=by) if whom else None
        given.tell(
            CrewPassMade(
                problem=problem, ends_at=given.ends_at, words=given.words_id, mailed=is_mailed
            )
        )
    return int(given.id)


def end_pass(*, pass_id: int, by: Actor, at: datetime) -> None:
    """It opens nothing any more. Ended already changes nothing."""
    with change(CrewPass, pass_id, by=by, at=at) as given:
        if given.ended_at is None and given.ends_at > at:
            given.ended_at = given.at
            given.tell(CrewPassEnded(problem=given.problem))
