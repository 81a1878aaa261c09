"""What begins a path by itself: promises that come near or will be missed, problems bad enough."""

from datetime import datetime, timedelta

import pytest

from tests.routing.test_escalation import Cast
from tests.routing.test_escalation import cast as cast
from unbroken.conversation import queries as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage.actions import open_problem
from unbroken.promise.models import Clock
from unbroken.routing import state
from unbroken.routing.actions.escalate import page_due
from unbroken.routing.actions.paths import set_path
from unbroken.routing.ahead.foresee import Foreseeing
from unbroken.routing.escalation.watching import watch
from unbroken.routing.models_escalation import Escalation, Page

HOUR = timedelta(hours=1)


def begins(cast: Cast, why: str, **how: object) -> None:
    """From now on only this begins the path."""
    set_path(key="critical", begins={why: how}, by=HOUSE, at=now())


def clock(cast: Cast, measure: str, *, due_at: datetime, warn_at: datetime | None = None) -> None:
    """A promise of the request that runs."""
    Clock.objects.filter(ticket_id=cast.ticket, measure=measure).delete()
    Clock.objects.create(
        ticket_id=cast.ticket, measure=measure, agreement="x", cause=1, started_at=now() - HOUR,
        due_at=due_at, warn_at=warn_at, state="running", target_seconds=1, used_seconds=0,
        warned=False,
    )  # fmt: skip


def why() -> list[str]:
    """What climbs, and who was paged for it."""
    return [f"{one.why} {one.state}" for one in Escalation.objects.order_by("id")]


def test_a_promise_at_risk_begins_it_though_news_are_owed_before(cast: Cast) -> None:
    begins(cast, "promise_at_risk")
    Clock.objects.filter(ticket_id=cast.ticket).delete()
    at = now()
    clock(cast, "next_news", due_at=at + HOUR)
    clock(cast, "time_to_restore", due_at=at + 3 * HOUR, warn_at=at + 2 * HOUR)

    early = watch(at=at)
    warned = watch(at=at + 2 * HOUR)
    again = watch(at=at + 2 * HOUR)
    page_due(at=at + 2 * HOUR)

    assert (early, warned, again) == (0, 1, 0)
    assert why() == ["promise_at_risk open"]
    assert list(Page.objects.values_list("agent", flat=True)) == [cast.timo]


def test_a_promise_that_will_be_missed_begins_it_before_it_is_near(cast: Cast) -> None:
    begins(cast, "promise_foreseen")
    Clock.objects.filter(ticket_id=cast.ticket).delete()
    at, facts = now(), record.ticket_facts(cast.ticket)
    assert facts is not None
    clock(cast, "next_news", due_at=at + HOUR)
    clock(cast, "time_to_resolve", due_at=at + 5 * HOUR)

    for hours, begun in ((4, 0), (6, 1), (7, 0)):
        over = at + hours * HOUR
        one = Foreseeing(
            int(cast.ticket), facts.version, facts.team_id, at, over, over, over, over, over, 3,
            (1.0, 2.0),
        )  # fmt: skip
        state.keep_foreseen([one], at=at)
        assert watch(at=at) == begun

    assert why() == ["promise_foreseen open"]


@pytest.mark.parametrize(("severity", "begun"), [("minor", []), ("major", ["problem open"])])
def test_a_problem_that_is_opened_begins_it_when_it_is_bad_enough(
    cast: Cast, severity: str, begun: list[str]
) -> None:
    begins(cast, "problem", severity="major")

    open_problem(
        element="cable-44", origin="agent", severity=severity, cause="cable_cut",
        since=now() - HOUR, services={}, by=HOUSE, at=now(),
    )  # fmt: skip
    drain()

    assert why() == begun
