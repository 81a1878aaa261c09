"""Questions about problems; frozen rows."""

from unbroken.outage.queries.problems import (
    Affected,
    Problem,
    affected_by,
    latest_problems,
    open_problems,
    problem,
    problem_of_silence,
    problems_of,
)
from unbroken.outage.queries.requests import requests_to_join, unsettled

__all__ = [
    "Affected",
    "Problem",
    "affected_by",
    "latest_problems",
    "open_problems",
    "problem",
    "problem_of_silence",
    "problems_of",
    "requests_to_join",
    "unsettled",
]
