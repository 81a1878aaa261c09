"""What to do next: what is on the list, in which order, for whom."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from unbroken.console.tickets import counting, work_list
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything
from unbroken.promise.models import NextPromise
from unbroken.routing import actions as routing
from unbroken.staffing import queries as staffing

QUERIES_OF_THE_LIST = 16
"""Three to know who reads, one for the order, one for the lines, what is in my hands, my habits,
the saved views, the latest event; once in some seconds the standing
counts, queues, teams, people, macros, and two for who is on."""


def promise(ticket: TicketId, *, due_in: timedelta | None) -> None:
    """What the promise room would have counted."""
    NextPromise.objects.update_or_create(
        ticket_id=ticket,
        defaults={
            "measure": "first_answer",
            "due_at": now() + due_in if due_in is not None else None,
            "is_warned": False,
            "agreement": "classic",
            "edition": 1,
        },
    )


def names(client: Client, words: str = "") -> list[str]:
    """The subjects on the list, from top to bottom."""
    page = client.get("/console/", {"q": words}).content.decode()
    return [
        re.sub(r"<[^>]+>", "", found).strip()
        for found in re.findall(r'waiting-ticket__name"[^>]*>(.*?)</a>', page, re.S)
    ]


def test_the_earliest_promise_comes_first_and_those_without_one_below(desk: Desk) -> None:
    later, sooner = desk.asks("Anneke de Wit", "later"), desk.asks("Bram Visser", "sooner")
    desk.asks("Anneke de Wit", "uncounted")
    none = desk.asks("Bram Visser", "no promise")
    promise(later, due_in=timedelta(hours=2))
    promise(sooner, due_in=timedelta(minutes=5))
    promise(none, due_in=None)

    assert names(desk.client(SOFIE)) == ["sooner", "later", "uncounted", "no promise"]


def test_what_has_ended_is_not_to_do_and_is_found_among_the_ended(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "over")
    record.resolve_ticket(ticket_id=ticket, by=desk.by(SOFIE), at=now())
    client = desk.client(SOFIE)

    assert names(client) == []
    assert names(client, "ended") == ["over"]
    assert names(client, str(ticket)) == ["over"]


def test_another_teams_requests_are_not_on_my_list(desk: Desk) -> None:
    desk.asks("Anneke de Wit", "for routers", team="routers")
    desk.asks("Anneke de Wit", "not sorted yet", team=None)
    mine = desk.asks("Bram Visser", "lent to Sofie", team="billing")
    record.assign_ticket(
        ticket_id=mine, team_id=desk.teams["billing"], agent_id=desk.agents[SOFIE],
        by=desk.by(VERA), at=now(),
    )  # fmt: skip

    assert names(desk.client(SOFIE)) == ["not sorted yet", "lent to Sofie"]
    assert names(desk.client(TIMO)) == ["for routers", "not sorted yet"]
    assert len(names(desk.client(VERA))) == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mine", ["lamp"]),
        ("unassigned", ["bill", "slow"]),
        ("team:routers", ["slow"]),
        ("team:nobody", []),
        ("status:inProgress", ["lamp"]),
        ("priority:critical", ["lamp"]),
        ("type:incident", ["lamp"]),
        ("topic:internet", ["lamp"]),
        ("topic:internet/drops", ["lamp"]),
        ("tag:cable-44", ["lamp"]),
        ("channel:mail", ["lamp", "bill", "slow"]),
        ("channel:fax", []),
        ("unread", ["lamp", "bill", "slow"]),
        ("late", ["lamp"]),
        ("LAM", ["lamp"]),
        ("visser", ["slow"]),
        ("100% _", []),
        ("queue:slow-ones", ["slow"]),
        ("assigned:me", ["lamp"]),
        ("assigned:nobody", ["bill", "slow"]),
        ("assigned:timo", ["lamp"]),
        ("assigned:sofie@desk.example", []),
        ("waiting:us", ["lamp", "bill", "slow"]),
        ("waiting:customer", []),
        ("anneke lamp", ["lamp"]),
    ],
)
def test_each_word_narrows(desk: Desk, words: str, found: list[str]) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    desk.asks("Anneke de Wit", "bill")
    desk.asks("Bram Visser", "slow", team="routers")
    by, at = desk.by(TIMO), now()
    record.set_topic(key="internet", names={"en": "Internet"}, by=by, at=at)
    drops = record.set_topic(
        key="internet/drops", names={"en": "Drops"}, parent_key="internet", by=by, at=at
    )
    record.classify_ticket(
        ticket_id=lamp, ticket_type="incident", topic_id=drops, impact="high", urgency="high",
        by=by, at=at,
    )  # fmt: skip
    record.tag_ticket(ticket_id=lamp, add=["cable-44"], by=by, at=at)
    record.start_work(ticket_id=lamp, by=by, at=at)
    routing.give_to_agent(ticket_id=lamp, agent_id=desk.agents[TIMO], by=by, at=at)
    routing.set_queue(key="slow-ones", name="Slow", team_id=desk.teams["routers"], by=by, at=at)
    promise(lamp, due_in=-timedelta(minutes=5))

    assert names(desk.client(TIMO), words) == found


def test_a_page_goes_on_where_the_last_one_ended(desk: Desk) -> None:
    for number in range(60):
        ticket = desk.asks("Anneke de Wit", f"request {number:02}", at=ago(hours=2))
        if number % 2:
            promise(ticket, due_in=timedelta(minutes=number))
    client = desk.client(SOFIE)

    first = client.get("/console/").content.decode()
    onward = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert onward is not None
    second = client.get(onward[1].replace("&amp;", "&")).content.decode()

    seen = re.findall(r"request (\d\d)", first) + re.findall(r"request (\d\d)", second)
    odd, even = [f"{n:02}" for n in range(1, 60, 2)], [f"{n:02}" for n in range(0, 60, 2)]
    assert seen == odd + even
    assert "after=" not in second.split("waiting-ticket__name")[-1]


def test_a_long_list_and_a_short_one_are_read_from_two_ends_and_say_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        ticket = desk.asks("Anneke de Wit", f"{number:02}")
        if number % 3:
            promise(ticket, due_in=timedelta(minutes=-number))
    client = desk.client(SOFIE)
    monkeypatch.setattr(work_list, "PAGE", 3)
    short = {words: names(client, words) for words in ("", "late", "mine", "team:first-line", "0")}
    assert short["late"] == ["11", "10", "08"]

    monkeypatch.setattr(work_list, "LOOKED_AT", 6)

    assert {words: names(client, words) for words in short} == short


def test_a_count_ends_at_a_thousand_and_is_exact_when_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        desk.asks("Anneke de Wit", f"lamp {number}")
    monkeypatch.setattr(counting, "COUNT_MAX", 2)
    monkeypatch.setattr(work_list, "PAGE", 2)
    client = desk.client(SOFIE)

    page = client.get("/console/?q=lamp").content.decode()
    exact = re.search(r'class="count" href="([^"]+)"[^>]*>2\+<', page)
    assert exact is not None

    assert '<span class="count">4</span>' in client.get(unescape(exact[1])).content.decode()


@pytest.mark.usefixtures("nothing_kept_grows_old")
def test_many_readers_of_one_view_cost_one_count(desk: Desk) -> None:
    """The accident: every view is counted anew for every agent, until the processor is full."""
    for number in range(3):
        desk.asks("Anneke de Wit", f"lamp {number}")
    sofie, timo = (staffing.agent_by_email(who) for who in (SOFIE, TIMO))
    assert sofie
    assert timo
    twin = replace(timo, team_ids=sofie.team_ids)

    with CaptureQueriesContext(connection) as caught:
        sizes = [counting.size(reader, "lamp", 0, now()).count for reader in (sofie, twin, sofie)]

    assert sizes == [3, 3, 3]
    assert len([one for one in caught if "fitting" in one["sql"]]) == 1
    assert counting.size(twin, "mine lamp", 0, now()).count == 0


def test_a_view_says_no_more_than_its_reader_may_see(desk: Desk) -> None:
    desk.asks("Anneke de Wit", "lamp", team="routers")
    sofie, timo = (staffing.agent_by_email(who) for who in (SOFIE, TIMO))
    assert sofie
    assert timo

    assert counting.size(timo, "lamp", 0, now()).count == 1
    assert counting.size(sofie, "lamp", 0, now()).count == 0
    assert counting.standing(sofie).everything == 0


def test_reading_a_request_takes_its_mark_away_and_a_new_word_brings_it_back(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    client = desk.client(SOFIE)
    client.get(f"/console/tickets/{ticket}")

    assert names(client, "unread") == []
    desk.writes("Anneke de Wit", ticket, "still dark")
    assert names(client, "unread") == ["lamp"]


def test_an_unknown_filter_is_named(desk: Desk) -> None:
    page = desk.client(SOFIE).get("/console/?q=colour:red+queue:dls").content.decode()

    assert "“colour:red” is not a filter I know" in page
    assert "“queue:dls”: there is nothing of that name here" in page


def test_each_word_can_be_taken_away(desk: Desk) -> None:
    page = desk.client(SOFIE).get("/console/?q=mine+priority:high+lamp").content.decode()

    left = re.findall(r'class="tag chip" href="([^"]+)"', page)

    assert [unescape(address).partition("q=")[2] for address in left] == [
        "priority%3Ahigh+lamp",
        "mine+lamp",
        "mine+priority%3Ahigh",
    ]


def test_htmx_gets_the_list_and_the_counts_only(desk: Desk) -> None:
    part = desk.client(SOFIE).get("/console/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert part.lstrip().startswith("<live-list")
    assert 'id="views"' in part


@pytest.mark.usefixtures("nothing_kept_grows_old")
def test_the_list_costs_the_same_for_two_requests_and_for_twenty(desk: Desk) -> None:
    client = desk.client(SOFIE)
    counts = []
    for rounds in (2, 18):
        for number in range(rounds):
            promise(desk.asks("Anneke de Wit", f"{number}"), due_in=timedelta(minutes=number))
        forget_everything()
        with CaptureQueriesContext(connection) as caught:
            client.get("/console/")
        counts.append(len(caught))

    assert counts[0] == counts[1] <= QUERIES_OF_THE_LIST
