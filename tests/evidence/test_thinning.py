"""Days that are over are thinned out, and a judgement sees the same through it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from unbroken.evidence.facts import Facts, Reading
from unbroken.evidence.models import Observation, ReadingThinned
from unbroken.evidence.observed import read_line
from unbroken.evidence.picture import Picture
from unbroken.evidence.queries import line_facts
from unbroken.evidence.state import expiry, readings, thinning
from unbroken.ground.clock import now

pytestmark = pytest.mark.django_db
MARGIN = "DSL.Line.DownstreamNoiseMargin"
NAMES = {MARGIN: 0, "DSL.Line.LinkStatus": "Up"}


def told(resource: str, first: datetime, last: datetime, every: timedelta) -> int:
    """A device tells its margin again and again; how many readings that made."""
    at, lines, number = first, [], 0
    while at <= last:
        lines.append({"resource": resource, "at": at.isoformat(),
                      "values": NAMES | {MARGIN: number}})  # fmt: skip
        at, number = at + every, number + 1
    return readings.note([read_line(json.dumps(one), now=now()) for one in lines])


def seen(resource: str, at: datetime, *, own: bool = True) -> list[Reading]:
    """Its margins as a judgement sees them."""
    names = ([resource], [resource], []) if own else ([], [], [resource])
    blocks = line_facts._blocks(*names, at)
    facts = Facts(service=None, at=at, blocks=blocks)  # type: ignore[arg-type]
    return list(Picture.series(_picture(facts), resource, MARGIN).readings)


def _picture(facts: Facts) -> Picture:
    picture = Picture.__new__(Picture)
    picture.facts, picture._made = facts, {}
    return picture


@pytest.fixture
def at() -> datetime:
    """Now, with a line and a neighbour that told their margin every hour for months."""
    moment = now()
    for resource in ("line-1", "line-2"):
        told(resource, moment - timedelta(days=50), moment, timedelta(hours=2, minutes=50))
    return moment


def test_a_judgement_sees_the_same_before_and_after_days_were_thinned(at: datetime) -> None:
    before = seen("line-1", at), seen("line-2", at, own=False)
    earlier = at - timedelta(days=3, hours=5)
    as_of_then = seen("line-1", earlier)

    while thinning.thin_what_is_over(now=at):
        pass

    assert (seen("line-1", at), seen("line-2", at, own=False)) == before
    assert seen("line-1", earlier) == as_of_then
    assert len(before[0]) > 200


def test_readings_that_come_late_are_thinned_when_they_come(at: datetime) -> None:
    while thinning.thin_what_is_over(now=at):
        pass
    late = at - timedelta(days=20)

    told("line-3", late, late + timedelta(hours=9), timedelta(minutes=20))

    kept = ReadingThinned.objects.filter(resource="line-3")
    assert 3 <= kept.count() <= 5
    assert len(seen("line-3", at)) == kept.count()


def test_of_old_readings_the_thinned_ones_stay(at: datetime) -> None:
    while thinning.thin_what_is_over(now=at):
        pass
    long_ago = datetime(2021, 3, 5, tzinfo=UTC)
    told("line-4", long_ago, long_ago + timedelta(hours=5), timedelta(minutes=20))

    expiry.drop_readings(at - timedelta(days=95))

    assert not Observation.objects.filter(resource="line-4").exists()
    assert [one.value for one in seen("line-4", long_ago + timedelta(days=1))] == [8, 15]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM observation WHERE resource = 'line-1'")
        assert cursor.fetchone()[0] > 0
