"""The first administrator comes in by a code; then the address is closed for ever."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from unbroken.calendars import queries as calendars
from unbroken.console.first import code
from unbroken.console.first.left import steps
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.mailboxes import stored_mailboxes
from unbroken.promise.actions import plant_agreements
from unbroken.routing import queries as routing
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Ada", "email": "ada@isp.example", "password": "a long enough one",
    "language": "it", "timezone": "Europe/Rome", "team": "Prima linea",
    "company": "Lindenhof Net", "address": "support@isp.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_fresh_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        django_settings, "UNBROKEN", replace(django_settings.UNBROKEN, data=tmp_path)
    )
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    code.make()


def printed() -> str:
    return (django_settings.UNBROKEN.data / "first-code").read_text().strip()


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_who_reads_the_code_is_the_administrator_of_a_desk_that_works_and_nobody_after_them() -> (
    None
):
    client, code_was = Client(), printed()

    shown = client.get(f"/first-steps?code={code_was}")
    answer = client.post("/first-steps", {**FORM, "code": code_was})
    home = words(client.get("/console/admin/"))
    again = Client().post("/first-steps", {**FORM, "code": code_was, "email": "eve@e.example"})

    assert f'value="{code_was}"' in shown.content.decode()
    assert (answer.status_code, answer["Location"]) == (303, "/console/first/us")
    ada = staffing.people()[0]
    assert (ada.role, ada.timezone, ada.language) == ("admin", "Europe/Rome", "it")
    assert {one.definition["timezone"] for one in calendars.stored_calendars()} == {"Europe/Rome"}
    assert [(one.name, one.is_default) for one in routing.queues()] == [("Prima linea", True)]
    assert stored_mailboxes()[0].name == "Lindenhof Net"
    assert "Invita i colleghi" in home
    assert [one.is_done for one in steps()] == [True, True, False, True, False, True, True, False]
    assert again.status_code == Client().get("/first-steps").status_code == 404
    assert len(staffing.people()) == 1
    assert not (django_settings.UNBROKEN.data / "first-code").exists()


def test_a_stranger_who_is_quicker_does_not_become_the_administrator() -> None:
    """Attack: a stranger finds the fresh desk before its operator, also from the same machine."""
    for typed in ("", "x", printed()[:-1]):
        answer = Client().post("/first-steps", {**FORM, "code": typed})
        assert answer.status_code == 422
        assert "not the code that was printed" in words(answer)

    assert not staffing.anybody()
    assert printed()


def test_the_page_stays_closed_when_the_first_agent_came_by_the_command_and_left_again() -> None:
    agent = actions.hire_agent(name="Ada", email="a@d.example", by=HOUSE, at=now())
    actions.retire_agent(agent_id=agent, by=HOUSE, at=now())
    code_was = printed()
    drain()

    assert Client().post("/first-steps", {**FORM, "code": code_was}).status_code == 404
    assert not (django_settings.UNBROKEN.data / "first-code").exists()


def test_what_is_left_is_done_page_by_page_and_ends_on_a_request_that_can_be_answered() -> None:
    client = Client()
    client.post("/first-steps", {**FORM, "code": printed(), "team": "", "address": ""})
    page = "/console/first"

    typed = {"address": "support@isp.example", "host": "", "language": "it", "active": "yes"}
    bad = client.post(f"{page}/mailbox", {**typed, "address": "nobody"})
    client.post(f"{page}/mailbox", typed)
    after = client.post(f"{page}/team", {"team": "Prima linea"})
    ben = {"name": "Ben", "email": "ben@isp.example", "language": "it", "timezone": "Europe/Rome"}
    hired = client.post(f"{page}/people", ben)
    client.post(f"{page}/us", {"name": "Lindenhof Net", "telephone": "0800 1234"})
    asked = client.post(f"{page}/request", {"words": "La lampada è spenta."}, follow=True)

    assert (bad.status_code, client.get(f"{page}/nothing").status_code) == (422, 404)
    assert after["Location"] == f"{page}/people", "what is done already is passed over"
    assert "ben@isp.example può entrare con questa password" in words(hired)
    assert "La lampada è spenta." in words(asked)
    assert 'name="words"' in asked.content.decode(), "it can be answered"
    assert [one.key for one in steps() if not one.is_done] == ["out"]
    assert "Indica da quale server" in words(client.get("/console/admin/"))
