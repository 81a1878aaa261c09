"""The next news of a problem is a promise: warned of once, missed on record, kept by news."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.console.desk import SOFIE, open_desk
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake.actions import set_way
from unbroken.intake.telling.measured import weeks
from unbroken.intake.ways import TELLING, kept_ways
from unbroken.outage import actions, queries
from unbroken.outage.ids import ProblemId
from unbroken.outage.news.actions import look_at_news
from unbroken.outage.news.clock import promises

MORNING = datetime(2026, 5, 25, 6, 10, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def cable(at: datetime) -> ProblemId:
    return actions.open_problem(
        element="cable-44", origin="agent", severity="major", since=at, services={}, by=HOUSE,
        at=at,
    )  # fmt: skip


def news(number: ProblemId, at: datetime, next_at: datetime | None) -> None:
    actions.give_news(problem_id=number, text="We dig.", next_at=next_at, by=HOUSE, at=at)


@pytest.mark.django_db
def test_news_in_time_keeps_it_late_news_misses_it_and_each_is_noted_once() -> None:
    number = cable(MORNING)
    news(number, MORNING, MORNING + HOUR)
    look_at_news(at=MORNING + 40 * MINUTE)
    for late in (50, 50, 61, 70):
        look_at_news(at=MORNING + late * MINUTE)
    news(number, MORNING + 80 * MINUTE, MORNING + 3 * HOUR)
    actions.promise_news(
        problem_id=number, next_at=MORNING + 4 * HOUR, by=HOUSE, at=MORNING + 2 * HOUR
    )
    actions.end_problem(
        problem_id=number, until=MORNING + 2 * HOUR, by=HOUSE, at=MORNING + 2.5 * HOUR
    )

    events = events_of([f"problem:{number}"])
    told = [one.kind.removeprefix("problem.news_") for one in events if "news_" in one.kind]
    assert told == ["given", "warned", "missed", "given", "due"]
    assert [one.is_kept for one in promises(events)] == [False, True]
    week = weeks(
        today=MORNING.date(), count=1, zone=ZoneInfo("UTC"), at=MORNING + timedelta(days=1)
    )[0]
    assert (week.problems_kept, week.problems_missed) == (1, 1)


@pytest.mark.django_db
def test_the_house_promises_news_where_the_operator_wants_it_and_never_over_a_persons_word() -> (
    None
):
    kept_ways.forget()
    set_way(key=TELLING, says={"news_minutes": 90}, by=HOUSE, at=now())
    number = cable(now())
    drain()
    first = queries.problem(number)
    assert first is not None
    assert first.next_news_at is not None

    own = now() + 5 * HOUR
    news(number, now(), own)
    drain()
    assert queries.problem(number).next_news_at == own  # type: ignore[union-attr]
    kept_ways.forget()


@pytest.mark.django_db
def test_whoever_promised_is_mailed_and_the_page_shows_what_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = open_desk()
    mails: list[str] = []
    monkeypatch.setattr(
        "unbroken.intake.telling.next_news.send_service_mail",
        lambda **mail: mails.append(mail["subject"]),
    )
    number = cable(now())
    actions.promise_news(problem_id=number, next_at=now() + 2 * HOUR, by=desk.by(SOFIE), at=now())
    for at in (now() + 110 * MINUTE, now() + 3 * HOUR, now() + 4 * HOUR):
        look_at_news(at=at)
        drain()
    assert [one.partition(": ")[2][:7] for one in mails] == ["news is", "news wa"]
    client: Client = desk.client(SOFIE)
    assert "<due-clock" in client.get(f"/console/problems/{number}").content.decode()
