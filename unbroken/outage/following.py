"""A problem follows the silence that it stands for: opened, widened, ended as the evidence says.

Following again changes nothing, so it makes no difference how many events of a silence were read.
"""

from collections.abc import Iterable
from datetime import datetime

from unbroken.directory import queries as directory
from unbroken.directory.ids import ServiceId
from unbroken.evidence.queries.silences import SilenceRow, silence
from unbroken.ground.actor import HOUSE
from unbroken.outage import actions, queries
from unbroken.outage.alone import one_at_a_time
from unbroken.outage.ids import ProblemId
from unbroken.outage.queries.problems import Problem
from unbroken.outage.severity import severity
from unbroken.outage.states import SEVERITIES
from unbroken.promise.queries import agreements

PART_SHARE = 0.8
"""So many of the silent suffer already from what was said of more: they are part of that."""


def follow(silence_id: int, *, at: datetime) -> None:
    """Bring the problem up to what the silence is now."""
    found = silence(silence_id)
    if found is None:
        return
    known = queries.problem_of_silence(silence_id)
    if found.merged_into is not None:
        _merge(known, found.merged_into, at=at)
    elif known is None:
        _open(found, at=at)
    else:
        _bring_up(known, found, at=at)


def _open(found: SilenceRow, *, at: datetime) -> None:
    """Work that was announced excuses it until it lasts too long; what is over is no problem."""
    if found.until is not None or (found.announced and not found.overran) or not found.away:
        return
    with one_at_a_time():
        _open_alone(found, at=at)


def _open_alone(found: SilenceRow, *, at: datetime) -> None:
    same = _told_before(found)
    if same is not None and not _is_most(same, found):
        return  # it is but a part of what somebody said of more
    if same is not None:
        number = ProblemId(same.id)
        actions.back_by_evidence(problem_id=number, finding_id=found.id, by=HOUSE, at=at)
        actions.affect_services(problem_id=number, services=found.away, by=HOUSE, at=at)
        return
    actions.open_problem(
        element=found.element,
        origin="silence",
        severity=severity_of(found.away),
        cause=found.cause,
        since=found.since,
        detected_at=found.detected_at,
        services=found.away,
        announced=found.announced,
        finding_id=found.id,
        by=HOUSE,
        at=at,
    )


def _told_before(found: SilenceRow) -> Problem | None:
    """What a person or an alarm said first of the same services, if the records back it not yet."""
    for one in queries.open_problems():
        if one.finding_id is not None:
            continue
        away = {row.service_id for row in queries.affected_by(one.id, only_away=True)}
        shared = len(away & found.away.keys())
        is_part = shared >= PART_SHARE * len(found.away)
        if one.element == found.element or is_part or (away and shared * 2 >= len(away)):
            return one
    return None


def _is_most(told: Problem, found: SilenceRow) -> bool:
    """Whether the records show most of what was said; then it follows them from now on."""
    away = queries.affected_by(told.id, only_away=True)
    shared = sum(row.service_id in found.away for row in away)
    return told.element == found.element or shared * 2 >= len(away)


def _bring_up(known: Problem, found: SilenceRow, *, at: datetime) -> None:
    number = ProblemId(known.id)
    if known.closed_at is not None:
        return
    if found.until is None and not known.is_open:
        if not _went_again(known, found):  # it was ended by hand, and more of them come back
            actions.restore_services(problem_id=number, services=found.back, by=HOUSE, at=at)
            return
        actions.reopen_problem(problem_id=number, since=found.since, by=HOUSE, at=at)
    actions.name_element(
        problem_id=number, element=found.element, cause=found.cause, by=HOUSE, at=at
    )
    if found.element != known.element:
        _take_in_what_was_said_of(found.element, number, at=at)
    actions.restore_services(problem_id=number, services=found.back, by=HOUSE, at=at)
    if found.until is None:
        actions.affect_services(problem_id=number, services=found.away, by=HOUSE, at=at)
        worse = severity_of(one.service_id for one in queries.affected_by(number))
        if SEVERITIES.index(worse) > SEVERITIES.index(known.severity):
            actions.rate_problem(problem_id=number, severity=worse, by=HOUSE, at=at)
    else:
        left = [one.service_id for one in queries.affected_by(number, only_away=True)]
        actions.end_problem(problem_id=number, until=found.until, left=left, by=HOUSE, at=at)


def _went_again(known: Problem, found: SilenceRow) -> bool:
    """Whether anybody fell silent since it was said to be over."""
    return known.until is None or any(since > known.until for since in found.away.values())


def _take_in_what_was_said_of(element: str, number: ProblemId, *, at: datetime) -> None:
    """The records name it now: an alarm or a person may have opened another problem there."""
    for one in queries.open_problems():
        if one.element == element and one.id != number and one.finding_id is None:
            away = queries.affected_by(one.id, only_away=True)
            gone = {row.service_id: row.since for row in away}
            actions.affect_services(problem_id=number, services=gone, by=HOUSE, at=at)
            actions.merge_problem(problem_id=ProblemId(one.id), into=number, by=HOUSE, at=at)


def _merge(known: Problem | None, into: int, *, at: datetime) -> None:
    """It was part of something bigger: that has its services already, this was none by itself."""
    bigger = queries.problem_of_silence(into)
    if known is None or not known.is_open:
        return
    if bigger is None:
        follow(into, at=at)
        bigger = queries.problem_of_silence(into)
    if bigger is not None:
        away = queries.affected_by(known.id, only_away=True)
        actions.affect_services(
            problem_id=ProblemId(bigger.id),
            services={one.service_id: one.since for one in away},
            by=HOUSE,
            at=at,
        )
        actions.merge_problem(
            problem_id=ProblemId(known.id), into=ProblemId(bigger.id), by=HOUSE, at=at
        )


def severity_of(services: Iterable[int]) -> str:
    """By how many suffer, and what was promised for them."""
    cards = directory.services([ServiceId(one) for one in services]).values()
    return severity((one.agreement for one in cards), promised_seconds())


def promised_seconds() -> dict[str, int]:
    """By agreement: how soon service is to be restored; agreements without such a promise lack."""
    return {
        row.key: min(aim.seconds.values())
        for row in agreements()
        for aim in row.aims
        if aim.measure == "time_to_restore" and aim.seconds
    }
