"""The administration: people, teams and roles on their pages, with history and undo."""

import re
from typing import Any

from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.ground.log import events_of
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId

NEW = {"name": "Oleg Gromov", "email": "oleg@desk.example", "role": "lead"}


def card(desk: Desk, who: str) -> AgentCard:
    found = staffing.agent(AgentId(desk.agents[who]))
    assert found is not None
    return found


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def person(desk: Desk, who: str, deed: str = "") -> str:
    return f"/console/admin/people/{desk.agents[who]}{deed}"


def test_somebody_is_hired_on_a_page_and_signs_in_with_what_it_showed_once(desk: Desk) -> None:
    vera = desk.client(VERA)

    answer = vera.post(
        "/console/admin/people", {**NEW, "language": "ru", "timezone": "Europe/Rome"}
    )
    found = re.search(r'admin__secret">([^<]+)<', answer.content.decode())
    oleg = staffing.agent_by_email(NEW["email"])

    assert oleg is not None
    assert (oleg.role, oleg.language, oleg.timezone) == ("lead", "ru", "Europe/Rome")
    assert found is not None
    signed_in = Client().post("/sign-in", {"email": NEW["email"], "password": found[1]})
    assert signed_in.status_code == 303
    assert found[1] not in vera.get(f"/console/admin/people/{oleg.id}").content.decode()
    assert events_of([f"agent:{oleg.id}"])[0].by == str(desk.by(VERA))


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    vera = desk.client(VERA)

    taken = vera.post("/console/admin/people", {**NEW, "email": SOFIE, "timezone": "UTC"})
    zone = vera.post("/console/admin/people", {**NEW, "timezone": "Mars/Olympus"})

    assert taken.status_code == zone.status_code == 422
    assert "works here already" in words(taken)
    assert 'value="Oleg Gromov"' in taken.content.decode()
    assert "no such time zone" in words(zone)


def test_a_change_stands_in_the_history_and_is_taken_back_by_a_button(desk: Desk) -> None:
    vera, page = desk.client(VERA), person(desk, SOFIE)
    form = {"name": "Sofia M.", "email": SOFIE, "language": "it", "timezone": "Europe/Rome"}

    vera.post(page, form)
    shown = vera.get(page)
    version = re.search(r'name="version" value="(\d+)"', shown.content.decode())
    assert version is not None
    vera.post(f"{page}/undo", {"version": version[1]})

    assert "Sofie Marchetti → Sofia M." in words(shown)
    assert "Europe/Berlin → Europe/Rome" in words(shown)
    assert "Vera Lindholm" in words(shown)
    assert card(desk, SOFIE).name == "Sofie Marchetti"
    assert card(desk, SOFIE).timezone == "Europe/Berlin"


def test_an_old_page_takes_nothing_back(desk: Desk) -> None:
    """Accident: two administrators look at one page; one has changed something since."""
    vera, page = desk.client(VERA), person(desk, SOFIE)
    vera.post(f"{page}/role", {"role": "lead"})
    seen = events_of([f"agent:{desk.agents[SOFIE]}"])[-1].version
    vera.post(f"{page}/role", {"role": "head"})

    answer = vera.post(f"{page}/undo", {"version": seen})

    assert answer.status_code == 422
    assert "changed since" in words(answer)
    assert card(desk, SOFIE).role == "head"


def test_teams_are_joined_led_and_left_on_one_form_and_bound_at_once(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync", team="billing")
    vera, sofie = desk.client(VERA), desk.client(SOFIE)
    assert sofie.get(f"/console/tickets/{ticket}").status_code == 404

    form = {f"team-{desk.teams['billing']}": "lead", f"team-{desk.teams['routers']}": ""}
    vera.post(person(desk, SOFIE, "/teams"), form)

    assert card(desk, SOFIE).lead_of == (desk.teams["billing"],)
    assert card(desk, SOFIE).team_ids == (desk.teams["billing"],)
    assert sofie.get(f"/console/tickets/{ticket}").status_code == 200


def test_who_is_let_go_is_out_at_once_and_comes_back_without_a_key(desk: Desk) -> None:
    vera, timo = desk.client(VERA), desk.client(TIMO)

    vera.post(person(desk, TIMO, "/departure"))
    gone = timo.get("/console/").status_code
    vera.post(person(desk, TIMO, "/return"))

    assert gone == 303
    assert card(desk, TIMO).active
    assert timo.get("/console/").status_code == 303
    shown = vera.post(person(desk, TIMO, "/password"))
    assert "admin__secret" in shown.content.decode()


def test_a_role_of_ones_own_opens_the_administration_and_no_further(desk: Desk) -> None:
    """Attack: somebody who may manage people, by a role of the desk's own, climbs."""
    vera = desk.client(VERA)
    form = {"name": "Staff", "allows": ["manage_people", "read_administration"]}
    vera.post("/console/admin/roles", form)
    own = staffing.roles()[0]
    vera.post(person(desk, TIMO, "/role"), {"role": own.key})
    timo = desk.client(TIMO)

    climbs = timo.post(person(desk, TIMO, "/role"), {"role": "admin"})
    takes = timo.post(person(desk, VERA, "/password"))
    widens = timo.post(
        f"/console/admin/roles/{own.id}",
        {"name": "Staff", "active": "yes", "allows": [*form["allows"], "erase_people"]},
    )

    steps = {
        key: timo.post(f"/console/first/{key}", {"name": "Mine", "team": "Mine"}).status_code
        for key in ("us", "mailbox", "out", "team", "hours", "agreement")
    }

    assert timo.get("/console/admin/people").status_code == 200
    assert set(steps.values()) == {403}, steps
    assert {climbs.status_code, takes.status_code, widens.status_code} == {422}
    assert card(desk, TIMO).role == own.key
    assert "admin__secret" not in takes.content.decode()
    assert desk.client(VERA) is not None


def test_a_team_is_opened_changed_and_put_back(desk: Desk) -> None:
    vera = desk.client(VERA)

    bad = vera.post("/console/admin/teams", {"name": "Night", "key": "Night shift"})
    vera.post("/console/admin/teams", {"name": "Night", "key": "night", "languages": ["en", "ru"]})
    night = staffing.team_by_key("night")
    assert night is not None
    vera.post(f"/console/admin/teams/{night.id}", {"name": "Nights", "languages": "en"})
    closed = staffing.team(night.id)
    version = events_of([f"team:{night.id}"])[-1].version
    vera.post(f"/console/admin/teams/{night.id}/undo", {"version": version})
    again = staffing.team(night.id)

    assert bad.status_code == 422
    assert closed is not None
    assert (closed.name, closed.languages, closed.active) == ("Nights", ("en",), False)
    assert again is not None
    assert (again.name, again.languages, again.active) == ("Night", ("en", "ru"), True)


def test_how_somebody_works_is_set_on_their_page_and_taken_back(desk: Desk) -> None:
    vera = desk.client(VERA)
    vera.post(
        person(desk, SOFIE, "/work"),
        {"skills": "routers 3", "languages": "IT de", "grants-credit": "50", "capacity-all": "12"},
    )

    kept = card(desk, SOFIE)
    assert (kept.level("routers"), kept.languages) == (3, ("de", "it"))
    assert (kept.grants, kept.capacity) == ({"credit": 50}, {"all": 12})
    assert "credit 50" in words(vera.get(person(desk, SOFIE)))

    last = events_of([f"agent:{desk.agents[SOFIE]}"])[-1].version
    vera.post(person(desk, SOFIE, "/undo"), {"version": last})
    assert card(desk, SOFIE).grants == {}
