"""Whom planned work touches hears it as early as agreed, and what changes; nothing untrue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.intake.test_notices import cable, household, later, sent
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.actions import set_way
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.outgoing import Outgoing
from unbroken.intake.telling import plans
from unbroken.intake.ways import TELLING, kept_ways
from unbroken.outage import actions as outage
from unbroken.outage.plans import actions
from unbroken.outage.plans.actions import PlanSheet

assert sent  # a fixture
NOON = datetime(2026, 5, 25, 10, tzinfo=UTC)
NETWORK = """{"customers": [{"id": "c-1", "name": "Anneke", "kind": "household",
  "contacts": [{"name": "Anneke", "email": "anneke@home.example"}],
  "services": [{"id": "s-1", "resource": "line-1"}, {"id": "s-2", "resource": "line-2"}]}],
 "resources": [{"id": "cable-7", "kind": "cable"},
  {"id": "line-1", "kind": "line", "parents": ["cable-7"]},
  {"id": "line-2", "kind": "line", "parents": ["cable-7"]}]}"""


def test_the_notice_of_the_agreement_decides_when_and_never_the_past() -> None:
    since = NOON + timedelta(days=30)
    assert plans.told_at(since, 240, NOON) == since - timedelta(hours=252)
    assert plans.told_at(NOON + timedelta(days=2), 240, NOON) == NOON


@pytest.mark.django_db
def test_announced_moved_and_called_off_are_told_once_each_to_whom_it_touches(
    sent: list[Outgoing],
) -> None:
    at = now()
    import_inventory([NETWORK], by=HOUSE, at=at)
    since = at + timedelta(days=2)
    sheet = PlanSheet("Splice", since, since + timedelta(hours=4), ("cable-7",), "OUTAGE")

    def announced() -> int:
        plan = actions.draft_plan(sheet, by=HOUSE, at=at)
        actions.propose_plan(plan_id=plan, by=HOUSE, at=at)
        actions.announce_plan(plan_id=plan, despite=True, zone="UTC", by=HOUSE, at=at)
        drain()
        return plan

    plan = announced()
    later(minutes=1)
    moved = replace(sheet, since=since + timedelta(hours=1), until=since + timedelta(hours=5))
    actions.change_plan(moved, plan_id=plan, by=HOUSE, at=at)
    drain()
    later(minutes=2)
    for number in (plan, announced()):  # the second is called off before anybody was told of it
        actions.call_off_plan(plan_id=number, by=HOUSE, at=at)
        drain()
    later(minutes=3)

    assert [(mail.to[0][1], mail.subject.rpartition(" ")[2]) for mail in sent] == [
        ("anneke@home.example", "service"),
        ("anneke@home.example", "moved"),
        ("anneke@home.example", "off"),
    ]
    assert "cable-7" not in "".join(mail.text for mail in sent)


@pytest.mark.django_db
def test_whoever_heard_enough_within_a_day_hears_the_end_and_no_more_steps(
    sent: list[Outgoing],
) -> None:
    kept_ways.forget()
    set_way(key=TELLING, says={"news_a_day": 1}, by=HOUSE, at=now())
    number = cable(household("Anneke"))
    later(minutes=3)
    outage.take_step(problem_id=number, step="left", by=HOUSE, at=now())
    drain()
    later(minutes=4)
    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()
    later(minutes=10)
    kept_ways.forget()

    assert [mail.subject for mail in sent][1:] == ["Your service works again"]
    assert NoticeLetter.objects.filter(why="limit").count() == 1
