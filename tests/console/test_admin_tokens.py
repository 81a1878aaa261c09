"""Keys of other systems on their page: made, shown once, used, withdrawn; nobody gives too much."""

import re
from typing import Any

from django.test import Client

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing.actions import give_role, make_role
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import MANAGE_TOKENS, READ_ADMINISTRATION
from unbroken.staffing.tokens import tokens

PAGE = "/console/admin/tokens"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def secret_in(answer: Any) -> str:
    found = re.search(r"unbroken_\d+_[\w-]{43}", answer.content.decode())
    return found[0] if found else ""


def test_a_key_is_made_shown_once_used_and_withdrawn(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    vera = desk.client(VERA)

    made = vera.post(PAGE, {"name": "Monitoring", "scope": ["tickets:read"]})
    secret = secret_in(made)
    assert secret
    assert "no-store" in made["Cache-Control"]
    assert secret_in(vera.get(PAGE)) == "", "it was shown once"
    page = vera.get(PAGE)
    assert "never used" in text(page)
    assert 'value="tickets:read" checked' in page.content.decode()
    system = {"Authorization": f"Bearer {secret}"}
    assert Client().get(f"/api/tickets/{ticket}", headers=system).status_code == 200
    shown = text(vera.get(PAGE))
    assert "Monitoring Read requests · all teams made by Vera Lindholm" in shown
    assert "last used" in shown

    vera.post(f"{PAGE}/{tokens()[0].id}/withdrawal")

    assert Client().get(f"/api/tickets/{ticket}", headers=system).status_code == 401
    assert "1 withdrawn key" in text(vera.get(PAGE))


def test_a_key_without_a_name_or_anything_it_may_do_is_refused(desk: Desk) -> None:
    vera = desk.client(VERA)

    for form in (
        {"name": " ", "scope": "tickets:read"},
        {"name": "Shop"},
        {"name": "S", "scope": "x"},
    ):
        assert vera.post(PAGE, form).status_code == 422, form
    assert tokens() == []


def test_nobody_gives_another_system_more_than_they_see(desk: Desk) -> None:
    """Attack: who may make keys but sees one queue makes one that reads every request."""
    allows = [MANAGE_TOKENS, READ_ADMINISTRATION]
    role = make_role(name="Keys", allows=allows, by=HOUSE, at=now())
    give_role(agent_id=AgentId(desk.agents[SOFIE]), role=f"own-{role}", by=HOUSE, at=now())
    sofie = desk.client(SOFIE)
    form = {"name": "Shop", "scope": "tickets:read"}

    assert sofie.post(PAGE, form).status_code == 422
    assert sofie.post(PAGE, {**form, "team": desk.teams["billing"]}).status_code == 422
    sofie.post(PAGE, {**form, "team": desk.teams["first-line"]})

    assert [one.team_ids for one in tokens()] == [[desk.teams["first-line"]]]


def test_an_auditor_sees_keys_and_makes_none(desk: Desk) -> None:
    give_role(agent_id=AgentId(desk.agents[SOFIE]), role="auditor", by=HOUSE, at=now())
    sofie = desk.client(SOFIE)

    assert "Make the key" not in text(sofie.get(PAGE))
    assert sofie.post(PAGE, {"name": "Mine", "scope": "tickets:read"}).status_code == 403
