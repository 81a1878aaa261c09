"""The demo grows from nothing, and growing it again changes nothing."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from tests.scenery import scene
from town import cast
from town.plant import plant, stories
from unbroken.directory.queries import services_by_any_key
from unbroken.evidence.looking import look
from unbroken.ground.models import EventRow
from unbroken.promise.actions import check_clocks

WEDNESDAY = datetime(2026, 5, 27, 12, 0, tzinfo=UTC)
LINES = {
    "77": "wet_joint", "78": "wet_joint", "80": "wet_joint", "81": "wet_joint",
    "79": "planned_reset", "82": "planned_reset", "84": "planned_reset", "85": "planned_reset",
    "86": "planned_reset", "83": "line_unstable", "31": "optical_degradation",
    "20": "no_fault_found", "32": "no_fault_found", "41": "no_fault_found",
}  # fmt: skip
"""What town/weeks.py does to each line, as a verdict."""


@scene
def planted() -> str:
    """The whole town, grown from nothing."""
    return plant(WEDNESDAY, with_passwords=False)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_town_is_planted_once_however_often_it_is_planted(planted: str) -> None:
    events = EventRow.objects.count()

    again = plant(WEDNESDAY, with_passwords=False)

    assert planted == again
    assert cast.SOFIE.email in planted
    assert EventRow.objects.count() == events
    tickets = asked("SELECT id, name, reported_at FROM trouble_ticket ORDER BY id")
    assert [name for _id, name, _at in tickets] == [story.subject for story in stories()]
    assert [at for _id, _name, at in tickets] == [WEDNESDAY - story.ago for story in stories()]
    assert asked("SELECT count(*) FROM trouble_ticket WHERE customer_id IS NULL") == [(1,)]
    assert asked("SELECT count(*) FROM delivery WHERE kind = 'receipt'") == [(len(stories()),)]
    assert asked("SELECT count(DISTINCT status) FROM trouble_ticket")[0][0] >= 5
    assert asked("SELECT max(at) <= '2026-05-27 12:00+00' FROM message") == [(True,)]
    looked = check_clocks(after=0, at=WEDNESDAY, limit=1000)
    assert looked is not None
    assert (looked.count >= 5, looked.differing) == (True, {})


def test_every_line_of_the_town_is_judged_to_have_what_was_planted(planted: str) -> None:
    """Accident: rain on cable 44 made a wet joint of cable 45, and resets "became visible"."""
    found, became_visible = {}, set()
    for number in LINES:
        (card,) = services_by_any_key(f"{number}@lindenhof")
        verdict = look(card, WEDNESDAY).verdict
        found[number] = verdict.key
        became_visible |= {number} if verdict.also else set()
        if verdict.key == "wet_joint":
            assert verdict.element is not None
            assert (verdict.element.key, verdict.affected) == ("cable-44", 4)

    assert found == LINES
    assert became_visible == {"83"}


def test_every_story_is_told_by_somebody_of_the_cast() -> None:
    keys = [story.key for story in stories()]
    colleagues = {one.key for one in cast.COLLEAGUES}

    assert len(set(keys)) == len(keys)
    for story in stories():
        assert {step.who for step in story.then if step.who} <= colleagues
        assert [step.after for step in story.then] == sorted(step.after for step in story.then)
