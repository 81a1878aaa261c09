"""Questions about problems; frozen rows."""

from unbroken.outage.queries.looking import (
    backups_of,
    children_of_element,
    element_names,
    repeat_offenders,
    still_silent,
    sums_of,
)
from unbroken.outage.queries.problems import (
    Affected,
    Problem,
    affected_by,
    ended_lately,
    latest_problems,
    open_problems,
    problem,
    problem_of_silence,
    problems_of,
)
from unbroken.outage.queries.requests import requests_to_join, requests_to_settle, unsettled

__all__ = [
    "Affected",
    "Problem",
    "affected_by",
    "backups_of",
    "children_of_element",
    "element_names",
    "ended_lately",
    "latest_problems",
    "open_problems",
    "problem",
    "problem_of_silence",
    "problems_of",
    "repeat_offenders",
    "requests_to_join",
    "requests_to_settle",
    "still_silent",
    "sums_of",
    "unsettled",
]
