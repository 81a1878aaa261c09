"""The demo grows from nothing, and growing it again changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from town import cast
from town.plant import plant, stories
from unbroken.ground.models import EventRow
from unbroken.promise.actions import check_clocks

WEDNESDAY = datetime(2026, 5, 27, 12, 0, tzinfo=UTC)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_town_is_planted_once_however_often_it_is_planted() -> None:
    said = plant(WEDNESDAY, with_passwords=False)
    events = EventRow.objects.count()

    again = plant(WEDNESDAY, with_passwords=False)

    assert said == again
    assert cast.SOFIE.email in said
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


def test_every_story_is_told_by_somebody_of_the_cast() -> None:
    keys = [story.key for story in stories()]
    colleagues = {one.key for one in cast.COLLEAGUES}

    assert len(set(keys)) == len(keys)
    for story in stories():
        assert {step.who for step in story.then if step.who} <= colleagues
        assert [step.after for step in story.then] == sorted(step.after for step in story.then)
