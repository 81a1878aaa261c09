"""The console's jobs: what takes longer than a page may."""

from procrastinate.contrib.django import app

from unbroken.console.privacy import state
from unbroken.ground.clock import now


@app.task(queue="files", name="console.export_person")
def export_person(number: int) -> None:
    """Make the file that was asked for; a number says nothing about whom."""
    state.make(number, at=now())
