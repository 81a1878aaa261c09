"""What our own record teaches: said for what is open, to the minute it can be sure of."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from unbroken.conversation.models import TroubleTicket
from unbroken.ground.clock import now
from unbroken.intake.past_tickets.importing import import_tickets
from unbroken.routing import eta
from unbroken.routing.commands import eta as command
from unbroken.routing.estimate.spoken import by_when
from unbroken.routing.past import PastEvent, cases, until_news

NOW = now()
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(days=60)


@pytest.fixture
def a_history(tmp_path: Path, db: None) -> Iterator[None]:
    """Sixty requests that took a day, and one that was made an hour ago."""
    tickets, steps = ["number,created,status,resolved"], ["case,at,activity,group"]
    for number in range(60):
        at = BEGAN + timedelta(hours=number * 20)
        end = at + timedelta(hours=20 + number % 9)
        tickets.append(f"A{number},{at.isoformat()},Resolved,{end.isoformat()}")
        steps.append(f"A{number},{(at + timedelta(minutes=5)).isoformat()},assigned,routers")
    tickets.append(f"OPEN,{(NOW - timedelta(hours=1)).isoformat()},Active,")
    steps.append(f"OPEN,{(NOW - timedelta(minutes=55)).isoformat()},assigned,routers")
    for name, lines in (("t.csv", tickets), ("s.csv", steps)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    import_tickets([tmp_path / "t.csv", tmp_path / "s.csv"], at=NOW)
    eta.kept_models.forget()
    yield
    eta.kept_models.forget()


def test_an_open_request_is_told_what_those_before_it_took(a_history: None) -> None:
    number = TroubleTicket.objects.get(external_id="OPEN").pk
    assert eta.estimates([number], at=NOW) == [], "nothing was learned yet"

    learned = eta.learn_now(at=NOW)

    assert learned is not None
    (told,) = eta.estimates(None, at=NOW)
    assert told.number == number
    assert timedelta(hours=18) < told.p50_at - NOW < timedelta(hours=26)
    assert told.p50_at <= told.p80_at < NOW + timedelta(hours=30)


def test_the_command_learns_first_and_has_nothing_to_say_of_what_is_over(
    a_history: None, capsys: pytest.CaptureFixture[str]
) -> None:
    is_open = TroubleTicket.objects.get(external_id="OPEN").pk
    over = TroubleTicket.objects.get(external_id="A3").pk
    args = command.argparse.Namespace(numbers=[is_open, over], all=False, learn=False, json=True)

    assert command.run(args) == 1
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["number"] == is_open
    assert 0 < told["p50"] <= told["p80"]
    assert f"{over} is over" in printed.err


@pytest.mark.django_db
def test_a_desk_without_a_past_guesses_nothing() -> None:
    eta.kept_models.forget()

    assert eta.learn_now(at=NOW) is None
    assert eta.estimates(None, at=NOW) == []


def happened(*kinds: str) -> list[PastEvent]:
    """One request, an hour between two events."""
    return [
        PastEvent(
            7, "internet", "high", f"ticket.{kind}", BEGAN + timedelta(hours=hour), None, None
        )
        for hour, kind in enumerate(kinds)
    ]


def test_a_request_that_was_opened_again_took_until_its_last_end() -> None:
    (case,) = cases(happened("acknowledged", "resolved", "reopened", "assigned", "resolved"))

    assert case.end == (BEGAN + timedelta(hours=4)).timestamp()
    assert [step.activity for step in case.steps] == [
        "acknowledged", "resolved", "reopened", "assigned",
    ]  # fmt: skip


def test_each_wait_for_news_is_counted_by_itself() -> None:
    waits = list(
        until_news(happened("acknowledged", "replied", "message_added", "replied", "held"))
    )

    ends = [one.end and (one.end - one.steps[0].at) / 3600 for one in waits]
    assert ends == [1, 2, None]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2026-05-20T12:50:00+00:00", "2026-05-20T15:00:00+02:00"),
        ("2026-05-20T15:01:00+00:00", "2026-05-20T18:00:00+02:00"),
        ("2026-05-20T15:00:00+00:00", "2026-05-20T17:00:00+02:00"),
        ("2026-05-25T08:00:00+00:00", "2026-05-25T18:00:00+02:00"),
        ("2026-05-25T17:00:00+00:00", "2026-05-26T18:00:00+02:00"),
    ],
)
def test_a_time_is_told_as_roundly_as_it_is_sure_and_never_too_early(end: str, told: str) -> None:
    found = by_when(datetime.fromisoformat(end), NOON, "Europe/Berlin")

    assert found.isoformat() == told
