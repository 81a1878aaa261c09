"""A small week goes through the real actions: nothing is lost, nobody works more than they can."""

from datetime import timedelta

import pytest

from unbroken.routing.rehearse.play import play
from unbroken.routing.rehearse.report import page

pytestmark = pytest.mark.django_db


def test_a_small_week_leaves_no_request_without_owner_and_every_hand_over_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("unbroken.routing.rehearse.week.TICK", timedelta(hours=2))
    said: list[str] = []

    found = play(agents=8, a_day=8, days=3, customers=100, tell=said.append)

    assert [(name, value) for name, value, is_good in found.checks() if not is_good] == []
    assert found.seen.requests > 10
    assert found.seen.hand_overs > 3
    assert "hand-overs with their three parts" in page(found)
