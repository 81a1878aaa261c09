"""The page of a line: what it shows of the named case, and who may see it."""

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.console.desk import SOFIE, TIMO, VERA, Desk, open_desk
from tests.evidence.test_named_case import hand_in
from tests.scenery import scene
from town.network import named
from unbroken.console import search
from unbroken.console.lines import words
from unbroken.conversation.actions import assign_ticket, classify_ticket
from unbroken.directory.queries import contacts_of, services_by_any_key
from unbroken.evidence import ribbon
from unbroken.evidence.looking import look
from unbroken.evidence.ribbon import breaks, stretches
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.search.queries import Known

QUESTIONS_MAX = 24


@scene
def lined() -> Desk:
    """A desk, the named case's weeks up to today, and his request with the first line."""
    desk = open_desk()
    folder = Path(tempfile.mkdtemp())
    hand_in(folder, later())
    (service,) = services_by_any_key(named.SERVICE)
    (contact,) = contacts_of(service.customer_id)
    desk.customers["Oleg Sidorov"] = service.customer_id
    desk.contacts["Oleg Sidorov"] = contact.id
    ticket = desk.asks("Oleg Sidorov", "Обрывы", named.CLAIM)
    classify_ticket(ticket_id=ticket, service_id=service.id, by=HOUSE, at=now())
    return desk


def later() -> timedelta:
    return timedelta(days=(now() - named.AT).days)


def address() -> str:
    return f"/console/lines/{services_by_any_key(named.SERVICE)[0].id}"


def page(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_ribbon_tells_lost_sync_from_the_planned_reset(lined: Desk) -> None:
    (service,) = services_by_any_key(named.SERVICE)
    picture = look(service, named.AT + later()).case.picture

    found = breaks(picture, picture.at - timedelta(hours=23))
    parts = stretches(picture, picture.at - timedelta(days=7))

    day = [one for one in found if one.at.date() == picture.at.date()]
    assert [one.kind for one in day if one.kind == "line"] == ["line"] * 4
    earlier = breaks(picture, picture.at - timedelta(days=60))
    assert {one.kind for one in earlier} >= {"line", "design"}
    assert parts[0].since == picture.at - timedelta(days=7)
    assert all(one.until == two.since for one, two in pairwise(parts))
    assert parts[-1].until == picture.at


def test_the_page_shows_verdict_ribbon_levels_gaps_and_neighbours(lined: Desk) -> None:
    client = lined.client(SOFIE)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = page(client, address(), at=(named.AT + later()).isoformat())

    assert "The line loses sync" in shown
    assert "Noise margin down" in shown
    assert "they became visible" in shown
    assert "cable-44" in shown
    assert shown.count("#mark-line") > 20
    assert len(asked.captured_queries) <= QUESTIONS_MAX


def test_the_numbers_lead_down_to_the_accounting_records_as_they_came(lined: Desk) -> None:
    client = lined.client(SOFIE)
    day = (named.AT + later()).date()

    records = page(client, f"{address()}/records", on=day.isoformat())
    assert records.count("Lost Carrier") == 4
    assert "DSL.Channel.Stats.Total.LinkRetrain" in records
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id, session FROM radius_session WHERE "user" = %s AND cause = 2'
            " ORDER BY started_at DESC LIMIT 1",
            [named.USER],
        )
        number, name = cursor.fetchone()
    raw = page(client, f"{address()}/sessions/{number}")

    assert f"Acct-Session-Id = &#34;{name}&#34;" in raw
    assert "Acct-Terminate-Cause = Lost-Carrier" in raw
    assert raw.count("Acct-Status-Type") == 2


def test_a_session_of_somebody_else_is_not_found_on_this_line(lined: Desk) -> None:
    """Attack: counting the numbers of sessions up."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT id FROM radius_session WHERE "user" <> %s LIMIT 1', [named.USER])
        (number,) = cursor.fetchone()

    assert lined.client(SOFIE).get(f"{address()}/sessions/{number}").status_code == 404


def test_who_sees_none_of_the_customers_requests_does_not_find_the_line(lined: Desk) -> None:
    """The request is in billing now: the first line's and its neighbours' lines are not theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM trouble_ticket")
        (ticket,) = cursor.fetchone()
    assign_ticket(
        ticket_id=ticket, team_id=lined.teams["billing"], agent_id=None, by=HOUSE, at=now()
    )

    assert lined.client(TIMO).get(address()).status_code == 404
    assert lined.client(VERA).get(address()).status_code == 200


def test_a_moment_in_the_past_shows_what_was_known_then(lined: Desk) -> None:
    then = named.AT + later() - timedelta(days=30)

    shown = page(lined.client(SOFIE), address(), at=then.isoformat(), days="90")

    assert "Verdict as of" in shown
    assert "they became visible" not in shown


@pytest.mark.parametrize("asked", ["on=9999-99-99", "at=yesterday", "on=0001-01-01&days=7"])
def test_a_day_that_is_none_is_not_found(lined: Desk, asked: str) -> None:
    assert lined.client(SOFIE).get(f"{address()}/records?{asked}").status_code == 404


def test_every_kind_of_break_has_a_word() -> None:
    assert set(words.KINDS) == set(ribbon.KINDS)


def test_the_search_leads_from_an_access_name_to_the_line() -> None:
    known = Known("service", 7, 3, "Oleg Sidorov", "oleg@isp", "")

    assert search._door_of(known) == "/console/lines/7"
