"""What nobody looks at climbs; each is paged once for each page, and nobody after "I have it"."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.portal.people import ago, anneke, asks
from tests.scenery import scene
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.ground import http
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake import paging
from unbroken.intake.post import deliver_service_mail
from unbroken.outage.events import ProblemOpened
from unbroken.routing.actions.escalate import acknowledge, escalate, escalate_by_hand, page_due
from unbroken.routing.actions.paths import set_path, set_rota, stand_in
from unbroken.routing.escalation import reading, steps
from unbroken.routing.escalation.rota import RotaRow, Stand, on_call, turn_ends
from unbroken.routing.escalation.steps import Place, Step
from unbroken.routing.escalation.watching import watch
from unbroken.routing.models_escalation import Escalation, Page
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId

MON = datetime(2026, 5, 25, 8, tzinfo=UTC)


@dataclass
class Cast:
    """A request without an owner; Timo and Vera take turns to be on call, Hanna heads support."""

    ticket: TicketId
    timo: int
    vera: int
    hanna: int
    rota: int
    path: int


@scene
def cast() -> Cast:
    team = staffing.open_team(key="first-line", name="First line", by=HOUSE, at=ago(days=9))
    timo, vera, hanna = (
        int(staffing.hire_agent(
            name=name, email=f"{name.lower()}@desk.example", role=role, by=HOUSE, at=ago(days=9),
        ))
        for name, role in (("Timo", "agent"), ("Vera", "agent"), ("Hanna", "head"))
    )  # fmt: skip
    staffing.join_team(agent_id=AgentId(timo), team_id=team, by=HOUSE, at=ago(days=9))
    rota = set_rota(
        key="night", name="Night", people=[timo, vera], since=now().date() - timedelta(days=1),
        by=HOUSE, at=ago(days=1),
    )  # fmt: skip
    path = set_path(
        key="critical", name="Critical",
        begins={"by_hand": {}, "no_owner": {"minutes": 30}, "problem": {"severity": "major"},
                "complaint": {}, "promise_missed": {}},
        steps=[
            {"after": 0, "to": [f"rota:{rota}"], "ways": ["bell", "mail"], "times": 2, "every": 5},
            {"after": 10, "to": ["heads"], "ways": ["mail", "hook"]},
        ],
        hook="https://calls.example/page", by=HOUSE, at=ago(days=1),
    )  # fmt: skip
    ticket = asks(anneke())
    record.note_queued(ticket_id=ticket, team_id=team, skipped=False, by=HOUSE, at=ago(hours=2))
    return Cast(ticket, timo, vera, hanna, rota, path)


def climbs(cast: Cast, at: datetime) -> int:
    escalate_by_hand(path_id=cast.path, ticket_id=cast.ticket, by=HOUSE, at=at)
    return int(Escalation.objects.latest("id").pk)


def paged() -> list[int]:
    return list(Page.objects.order_by("id").values_list("agent", flat=True))


def test_it_pages_step_by_step_until_nobody_is_left(cast: Cast) -> None:
    at = now()
    climbing = climbs(cast, at)

    for minute in (0, 1, 5, 5, 14, 15, 40, 41):
        page_due(at=at + timedelta(minutes=minute))

    assert paged() == [cast.timo, cast.timo, cast.hanna]
    told = [e.kind for e in events_of([f"escalation:{climbing}"])]
    assert told == ["escalation.begun", *["escalation.paged"] * 3, "escalation.ended"]
    assert Escalation.objects.get(pk=climbing).state == "unheard"


def test_nobody_is_paged_after_somebody_has_it(cast: Cast) -> None:
    at = now()
    climbing = climbs(cast, at)
    page_due(at=at)

    acknowledge(escalation_id=climbing, agent_id=cast.timo, by=HOUSE, at=at)
    acknowledge(escalation_id=climbing, agent_id=cast.timo, by=HOUSE, at=at)
    page_due(at=at + timedelta(hours=1))

    assert paged() == [cast.timo]
    with pytest.raises(Refused), transaction.atomic():
        acknowledge(escalation_id=climbing, agent_id=cast.vera, by=HOUSE, at=at)


def test_a_crash_between_page_and_mail_pages_nobody_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: killed after the page was written, and again while its letter was acted on."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(deliver_service_mail, "defer", lambda **told: sent.append(told))
    at = now()
    climbs(cast, at)
    killed = transaction.savepoint()
    page_due(at=at)
    transaction.savepoint_rollback(killed)
    page_due(at=at)
    page_due(at=at)

    drain()
    drain()

    page = Page.objects.get()
    assert [one["message_id"].split("@")[0] for one in sent] == [f"page.{page.pk}"]
    assert paging.page_link(page.pk, cast.timo) in sent[0]["words"]
    assert "No sync" not in str(sent)


def test_one_tap_without_signing_in_says_i_have_it_and_looking_does_not(cast: Cast) -> None:
    at = now()
    climbing = climbs(cast, at)
    page_due(at=at)
    address = paging.page_link(Page.objects.get().pk, cast.timo)
    address = address[address.index("/page/") :]
    client = Client(enforce_csrf_checks=True)

    looked = client.get(address)
    assert Escalation.objects.get(pk=climbing).state == "open"
    assert b"I have it" in looked.content
    assert b"No sync" not in looked.content
    assert client.post(address).status_code == 303

    row = Escalation.objects.get(pk=climbing)
    assert (row.state, row.by_agent) == ("acknowledged", cast.timo)
    assert b"You have it" in client.get(address).content
    assert client.get(f"{address}x").status_code == 404


def test_where_the_path_says_so_the_link_alone_is_not_enough(cast: Cast) -> None:
    """Attack: somebody reads the mail of who is on call."""
    set_path(key="critical", one_tap=False, by=HOUSE, at=now())
    climbing = climbs(cast, now())
    page_due(at=now())
    address = paging.page_link(Page.objects.get().pk, cast.timo)

    answer = Client().post(address[address.index("/page/") :])

    assert answer.status_code in (302, 303)
    assert "sign-in" in answer.headers["Location"]
    assert Escalation.objects.get(pk=climbing).state == "open"


def test_the_hook_is_called_signed_under_the_key_of_the_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, bytes, dict[str, str]]] = []
    monkeypatch.setattr(http, "post", lambda *told: called.append(told))
    at = now()
    climbs(cast, at)
    for minute in (0, 5, 15):
        page_due(at=at + timedelta(minutes=minute))
    last = Page.objects.latest("id")

    paging.call_hook(page_id=last.pk)
    acknowledge(escalation_id=last.escalation_id, agent_id=cast.hanna, by=HOUSE, at=at)
    paging.call_hook(page_id=last.pk)

    assert [one[0] for one in called] == ["https://calls.example/page"]
    assert called[0][2]["Idempotency-Key"] == f"page-{last.pk}"
    assert called[0][2]["Unbroken-Signature"].startswith("t=")


def test_what_began_it_being_over_ends_it(cast: Cast) -> None:
    watch(at=now())
    watch(at=now())
    assert Escalation.objects.get().why == "no_owner"

    record.assign_ticket(
        ticket_id=cast.ticket, team_id=None, agent_id=cast.vera, by=HOUSE, at=now()
    )
    page_due(at=now())

    assert paged() == []
    assert Escalation.objects.get().state == "over"


def test_a_problem_begins_it_once_when_it_is_bad_enough(cast: Cast) -> None:
    assert ProblemOpened.__name__
    small = escalate(why="problem", cause="problem:1", problem=1, severity="minor", at=now())
    first = escalate(why="problem", cause="problem:1", problem=1, severity="critical", at=now())
    again = escalate(why="problem", cause="problem:1", problem=1, severity="critical", at=now())

    assert (small, first, again) == (0, 1, 0)


def test_a_stand_in_is_called_then_the_shift_then_the_turn() -> None:
    rota = RotaRow(
        1, 1, "night", "Night", 3, True, (10, 11), date(2026, 5, 18), 7, "09:00", "Europe/Berlin",
        (Stand(MON + timedelta(hours=4), MON + timedelta(hours=6), 12),), True,
    )  # fmt: skip
    known = {10, 11, 12}

    def called(at: datetime, on_shift: tuple[int, ...] = (), who: set[int] = known) -> Any:
        found = on_call(rota, at, known=who, on_shift=on_shift)
        return found.agents, found.why

    assert called(MON + timedelta(hours=5), (11,)) == ((12,), "stand")
    assert called(MON, (11, 10)) == ((10, 11), "shift")
    assert called(MON - timedelta(hours=2)) == ((10,), "turn")
    assert called(MON) == ((11,), "turn")
    assert called(MON, who={10}) == ((10,), "turn")
    assert turn_ends(rota, MON).isoformat() == "2026-06-01T09:00:00+02:00"


def test_a_path_is_gone_through_as_often_as_it_says() -> None:
    path = (Step(timedelta(0), ("heads",), ("mail",)), Step(timedelta(minutes=9), ("team",), ()))
    gone: list[tuple[int, int]] = []
    place: Place | None = steps.first(path, MON)
    while place is not None:
        gone.append((place.step, place.round))
        place = steps.following(path, 2, place, MON)

    assert gone == [(0, 0), (1, 0), (0, 1), (1, 1)]


def test_a_stand_in_is_kept_and_a_path_that_pages_nobody_is_refused(cast: Cast) -> None:
    at = now()
    stand_in(
        rota_id=cast.rota, agent_id=cast.hanna, since=at, until=at + timedelta(hours=8), by=HOUSE,
        at=at,
    )  # fmt: skip
    climbs(cast, at)
    page_due(at=at)

    assert paged() == [cast.hanna]
    assert reading.path(cast.path) is not None
    with pytest.raises(Refused), transaction.atomic():
        set_path(key="none", name="None", begins={"complaint": {}}, steps=[], by=HOUSE, at=at)
