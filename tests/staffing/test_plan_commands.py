"""`unbroken staffing forecast` and `plan`: documents for programs, and no guess without history."""

import json
from datetime import timedelta

import pytest

from tests.typed import told
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.quality import foreseeing
from unbroken.quality.commands import staffing_forecast, staffing_plan
from unbroken.staffing import actions
from unbroken.staffing.forecast import QUARTERS, Past

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]


def test_a_desk_without_history_is_given_no_guess(capsys: Capture) -> None:
    found = told(staffing_forecast, capsys, "--json")

    assert (found.status, found.out) == (1, "")
    assert "0 days of history" in found.err


def test_forecast_and_plan_speak_of_the_same_week(capsys: Capture) -> None:
    today = now().astimezone(foreseeing.desk_zone()).date()
    day = [4 if 36 <= n < 60 else 0 for n in range(QUARTERS)]
    days = {today - timedelta(days=n): day for n in range(1, 57)}
    foreseeing._kept.get(today, lambda: Past(days))
    actions.hire_agent(name="Sofie", email="sofie@desk.example", by=HOUSE, at=now())

    forecast = json.loads(told(staffing_forecast, capsys, "--json").out)
    plan = json.loads(told(staffing_plan, capsys, "--json", "--seconds", "2").out)
    present = json.loads(told(staffing_plan, capsys, "--json", "--present").out)

    assert forecast["monday"] == plan["monday"]
    assert len(forecast["days"][0]["requests"]) == QUARTERS
    assert plan["need"][10] == max(forecast["days"][0]["people"][40:44])
    assert plan["missing_hours"] == sum(plan["need"]) - sum(plan["there"])
    assert plan["quality"] > present["quality"]
    assert present["shifts"] == []
