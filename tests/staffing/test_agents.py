"""Agents are hired, join and leave teams, and retire; what they did stays theirs."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import authenticate

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.house import settings as house_settings
from unbroken.staffing import actions, queries, state
from unbroken.staffing.ids import AgentId, LoginId, TeamId
from unbroken.staffing.models import Login, Membership

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)
PASSWORD = "the lamp is dark"


def hire(name: str = "Sofie", *, password: str | None = PASSWORD) -> AgentId:
    return actions.hire_agent(
        name=name,
        email=f"{name}@Lindenhof.example",
        timezone="Europe/Berlin",
        password=password,
        by=HOUSE,
        at=MONDAY,
    )


def first_line() -> TeamId:
    return actions.open_team(key="first-line", name="First line", by=HOUSE, at=MONDAY)


def signed_in(email: str, password: str = PASSWORD) -> bool:
    return authenticate(username=email, password=password) is not None


def test_an_agent_signs_in_with_the_address_in_any_capitals() -> None:
    sofie = hire()

    assert signed_in("SOFIE@lindenhof.example")
    login = Login.objects.get(agent_id=sofie)
    card = queries.agent_of(LoginId(login.pk))
    assert card is not None
    assert (card.id, card.name, card.availability) == (sofie, "Sofie", "away")


def test_the_record_keeps_no_trace_of_a_password(settings: Any) -> None:
    settings.PASSWORD_HASHERS = house_settings.PASSWORD_HASHERS  # as in a desk, not as in tests
    sofie = hire()
    actions.set_password(agent_id=sofie, password="another one entirely", by=HOUSE, at=MONDAY)

    told = events_of([f"agent:{sofie}"])

    assert [event.kind for event in told] == [
        "agent.hired",
        "agent.password_set",
        "agent.password_set",
    ]
    assert "another" not in str([event.data for event in told])
    assert Login.objects.get(agent_id=sofie).password.startswith("argon2")


def test_without_a_password_nobody_signs_in() -> None:
    hire(password=None)

    assert not signed_in("sofie@lindenhof.example", "")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Refused, match="8 characters"):
        hire(password="short")


def test_two_agents_cannot_have_one_address() -> None:
    hire()

    with pytest.raises(Refused, match="works here already"):
        hire()


def test_an_agent_belongs_to_several_teams_and_leads_some() -> None:
    sofie, line = hire(), first_line()
    routers = actions.open_team(key="routers", name="Routers", by=HOUSE, at=MONDAY)

    actions.join_team(agent_id=sofie, team_id=line, role="lead", by=HOUSE, at=MONDAY)
    actions.join_team(agent_id=sofie, team_id=routers, by=HOUSE, at=MONDAY)

    card = queries.agent(sofie)
    assert card is not None
    assert card.team_ids == (line, routers)
    assert card.lead_of == (line,)
    assert [agent.id for agent in queries.agents(team_id=line)] == [sofie]


def test_joining_twice_writes_once() -> None:
    sofie, line = hire(), first_line()

    for _again in range(2):
        actions.join_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)

    assert Membership.objects.count() == 1
    assert [e.kind for e in events_of([f"agent:{sofie}"])].count("agent.joined_team") == 1


def test_a_membership_ends_and_may_begin_again() -> None:
    sofie, line = hire(), first_line()
    actions.join_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)
    actions.leave_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)

    actions.join_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)
    assert Membership.objects.filter(until_at=None).count() == 1
    assert Membership.objects.count() == 2


def test_who_is_not_in_a_team_cannot_leave_it() -> None:
    sofie, line = hire(), first_line()

    with pytest.raises(Refused, match="not in this team"):
        actions.leave_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)


def test_who_retired_has_no_team_and_cannot_sign_in_but_is_still_named() -> None:
    sofie, line = hire(), first_line()
    actions.join_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)
    login = Login.objects.get(agent_id=sofie)

    actions.retire_agent(agent_id=sofie, by=HOUSE, at=MONDAY)

    assert not signed_in("sofie@lindenhof.example")
    assert queries.agent_of(LoginId(login.pk)) is None
    assert queries.agents() == []
    assert queries.agent_names([sofie]) == {sofie: "Sofie"}
    with pytest.raises(Refused, match="no longer"):
        actions.set_password(agent_id=sofie, password=PASSWORD, by=HOUSE, at=MONDAY)


def test_a_changed_address_signs_in_and_the_old_one_does_not() -> None:
    sofie = hire()

    actions.change_agent(agent_id=sofie, email="S.Jansen@Lindenhof.example", by=HOUSE, at=MONDAY)

    assert signed_in("s.jansen@lindenhof.example")
    assert not signed_in("sofie@lindenhof.example")


def test_presence_is_working_state_and_leaves_no_event() -> None:
    sofie = hire()
    before = len(events_of([f"agent:{sofie}"]))

    state.note_presence(agent_id=sofie, availability="here", at=MONDAY)

    card = queries.agent(sofie)
    assert card is not None
    assert card.availability == "here"
    assert len(events_of([f"agent:{sofie}"])) == before


def test_a_team_is_found_by_its_short_name() -> None:
    line = first_line()
    actions.change_team(team_id=line, languages=("en", "ru"), by=HOUSE, at=MONDAY)

    team = queries.team_by_key("first-line")

    assert team is not None
    assert (team.id, team.languages, team.members) == (line, ("en", "ru"), 0)
    with pytest.raises(Refused, match="short name"):
        first_line()
