"""Questions about problems; frozen rows."""

from unbroken.outage.queries.problems import (
    Affected,
    Problem,
    affected_by,
    latest_problems,
    open_problems,
    problem,
    problems_of,
)

__all__ = [
    "Affected",
    "Problem",
    "affected_by",
    "latest_problems",
    "open_problems",
    "problem",
    "problems_of",
]
