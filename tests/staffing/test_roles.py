"""Roles: what each allows, who may hand them out, and taking back what was changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.ground.undo import take_back
from unbroken.staffing import actions, permissions, queries
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


def hire(name: str, role: str = "agent") -> AgentId:
    email = f"{name}@lindenhof.example"
    return actions.hire_agent(name=name, email=email, role=role, by=HOUSE, at=MONDAY)


def card(agent_id: AgentId) -> AgentCard:
    found = queries.agent(agent_id)
    assert found is not None
    return found


@contextmanager
def refused(match: str) -> Iterator[None]:
    with pytest.raises(Refused, match=match), transaction.atomic():
        yield


def last_version(stream: str) -> int:
    return events_of([stream])[-1].version


def test_an_auditor_may_read_everything_and_change_nothing() -> None:
    theirs = permissions.BUILT_IN["auditor"].allows

    assert {"see_every_queue", "read_administration", "read_record"} <= theirs
    assert not {one for one in theirs if not one.startswith(("see_", "read_"))}


def test_a_role_that_nobody_knows_allows_nothing() -> None:
    assert permissions.allowed_by("own-77", None) == frozenset()
    assert permissions.allowed_by("own-77", ["fly"]) == frozenset()


def test_who_was_hired_before_there_were_roles_keeps_what_the_old_mark_said() -> None:
    sofie, vera = hire("sofie"), hire("vera", "admin")
    from unbroken.ground.writers import refit

    refit("as of old", "agent", [sofie, vera], set_sql="role = ''", at=MONDAY)

    assert (card(sofie).role, card(vera).role) == ("agent", "admin")
    assert Agent.objects.get(pk=vera).role == ""


def test_a_role_of_ones_own_allows_what_it_says_until_it_says_otherwise() -> None:
    sofie = hire("sofie")
    role = actions.make_role(
        name="Editors", allows=["edit_knowledge", "answer_tickets"], by=HOUSE, at=MONDAY
    )

    actions.give_role(agent_id=sofie, role=f"own-{role}", by=HOUSE, at=MONDAY)
    before = card(sofie).permissions
    actions.change_role(role_id=role, allows=["edit_knowledge"], by=HOUSE, at=MONDAY)

    assert before == {"edit_knowledge", "answer_tickets"}
    assert card(sofie).permissions == {"edit_knowledge"}
    with refused("Somebody has this role"):
        actions.change_role(role_id=role, active=False, by=HOUSE, at=MONDAY)


def test_nobody_hands_out_what_they_may_not_do_themselves() -> None:
    """Attack: somebody who manages people makes themselves, or a friend, an administrator."""
    role = actions.make_role(name="Staff", allows=["manage_people"], by=HOUSE, at=MONDAY)
    timo, mila = hire("timo", f"own-{role}"), hire("mila", f"own-{role}")
    by = Actor.agent(timo)

    for whom in (timo, mila):
        with refused("do not have themselves"):
            actions.give_role(agent_id=whom, role="admin", by=by, at=MONDAY)
    with refused("do not have themselves"):
        actions.hire_agent(name="x", email="x@x.example", is_admin=True, by=by, at=MONDAY)
    with refused("do not have themselves"):
        actions.make_role(name="More", allows=["read_record"], by=by, at=MONDAY)
    with refused("do not have themselves"):
        actions.change_role(
            role_id=role, allows=["manage_people", "erase_people"], by=by, at=MONDAY
        )
    assert card(timo).permissions == card(mila).permissions == {"manage_people"}


def test_nobody_changes_somebody_who_may_do_more() -> None:
    """Attack: a new password, or another address, for an administrator, and in one goes."""
    role = actions.make_role(name="Staff", allows=["manage_people"], by=HOUSE, at=MONDAY)
    vera, timo = hire("vera", "admin"), hire("timo", f"own-{role}")
    hire("second", "admin")
    by = Actor.agent(timo)

    for attempt in (
        lambda: actions.set_password(agent_id=vera, password="long enough", by=by, at=MONDAY),
        lambda: actions.change_agent(agent_id=vera, email="t@t.example", by=by, at=MONDAY),
        lambda: actions.retire_agent(agent_id=vera, by=by, at=MONDAY),
        lambda: actions.give_role(agent_id=vera, role=f"own-{role}", by=by, at=MONDAY),
    ):
        with refused("things that you may not"):
            attempt()


def test_the_last_administrator_stays() -> None:
    """Accident: the only one who may change roles gives theirs away."""
    vera = hire("vera", "admin")
    by = Actor.agent(vera)

    with refused("last administrator"):
        actions.give_role(agent_id=vera, role="agent", by=by, at=MONDAY)
    with refused("last administrator"):
        actions.retire_agent(agent_id=vera, by=by, at=MONDAY)
    hire("second", "admin")
    actions.give_role(agent_id=vera, role="agent", by=by, at=MONDAY)

    assert card(vera).role == "agent"


def test_the_last_change_of_a_person_can_be_taken_back_and_back_again() -> None:
    sofie, stream = hire("sofie"), "agent:{}"
    stream = stream.format(sofie)
    actions.change_agent(agent_id=sofie, name="Sofia", timezone="Europe/Rome", by=HOUSE, at=MONDAY)

    take_back(stream=stream, version=last_version(stream), by=HOUSE, at=MONDAY)
    back = card(sofie)
    take_back(stream=stream, version=last_version(stream), by=HOUSE, at=MONDAY)
    again = card(sofie)

    assert (back.name, back.timezone) == ("sofie", "UTC")
    assert (again.name, again.timezone) == ("Sofia", "Europe/Rome")
    assert "Sofia" not in str([event.data for event in events_of([stream])])


def test_memberships_roles_and_leaving_can_be_taken_back() -> None:
    sofie = hire("sofie")
    stream = f"agent:{sofie}"
    line = actions.open_team(key="line", name="Line", by=HOUSE, at=MONDAY)

    def back() -> AgentCard:
        take_back(stream=stream, version=last_version(stream), by=HOUSE, at=MONDAY)
        return card(sofie)

    actions.join_team(agent_id=sofie, team_id=line, role="lead", by=HOUSE, at=MONDAY)
    actions.leave_team(agent_id=sofie, team_id=line, by=HOUSE, at=MONDAY)
    assert back().lead_of == (line,)
    actions.give_role(agent_id=sofie, role="head", by=HOUSE, at=MONDAY)
    assert back().role == "agent"
    actions.retire_agent(agent_id=sofie, by=HOUSE, at=MONDAY)
    assert back().active


def test_only_the_last_change_can_be_taken_back_and_not_every_one() -> None:
    """Accident: two administrators, one of whom takes back what the other has changed since."""
    sofie = hire("sofie")
    stream = f"agent:{sofie}"

    with refused("cannot be taken back"):
        take_back(stream=stream, version=1, by=HOUSE, at=MONDAY)
    actions.change_agent(agent_id=sofie, language="ru", by=HOUSE, at=MONDAY)
    actions.change_agent(agent_id=sofie, language="it", by=HOUSE, at=MONDAY)
    with refused("changed since"):
        take_back(stream=stream, version=2, by=HOUSE, at=MONDAY)
