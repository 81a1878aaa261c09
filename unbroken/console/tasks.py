"""The console's jobs: what takes longer than a page may."""

from datetime import date

from procrastinate.contrib.django import app

from unbroken.console.privacy import state
from unbroken.ground.clock import now
from unbroken.quality.foreseeing import planned
from unbroken.staffing.state.plans import keep_draft


@app.task(queue="files", name="console.export_person")
def export_person(number: int) -> None:
    """Make the file that was asked for; a number says nothing about whom."""
    state.make(number, at=now())


PLAN_SECONDS_MAX = 30.0
"""So long a plan is looked for; what is best by then is proposed."""


@app.task(queue="files", name="console.propose_plan")
def propose_plan(monday: str, team: int = 0) -> None:
    """The week that was asked for, of a team or (0) of everybody, as the solver would work it."""
    week = date.fromisoformat(monday)
    _week, found = planned(week, team, at=now(), seconds_max=PLAN_SECONDS_MAX)
    keep_draft(week, found.shifts, team, at=now())
