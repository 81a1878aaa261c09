"""How promises end, for reports: when, in whose hands, how long, and when nothing worked."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from town.times import moment
from unbroken.conversation import actions as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.postman import drain
from unbroken.promise import actions as promise
from unbroken.quality import projections
from unbroken.quality.loops import turn_of_the_checker

if TYPE_CHECKING:
    from town.town import Town

pytestmark = pytest.mark.django_db


def told(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def count(at: str = "next sun 12:00") -> None:
    drain(at=moment(at))
    while projections.count_aside(at=moment(at), limit=100):
        pass


def ended(ticket: int, kind: str = "promise") -> dict[str, tuple[Any, ...]]:
    found = told(
        "SELECT what, is_kept, used_seconds / 3600, wall_seconds / 3600, team, is_outage"
        " FROM promise_outcome WHERE ticket_id = %s AND kind = %s ORDER BY cause",
        ticket, kind,
    )  # fmt: skip
    return {row[0]: row[1:] for row in found}


def test_a_promise_ends_in_the_hands_of_a_team_after_so_long_also_round_the_clock(
    town: "Town",
) -> None:
    ticket = town.anneke.reports("no sync", at="mon 17:00")
    town.sofie.resolves(ticket, at="tue 10:00")
    count()

    resolved = ended(ticket)["time_to_resolve"]
    (team,) = told("SELECT coalesce(team_id, 0) FROM trouble_ticket WHERE id = %s", ticket)[0]

    assert resolved[0] is True
    assert (resolved[2], resolved[3]) == (17, team)
    assert resolved[1] < resolved[2]


def test_a_leg_without_a_target_is_only_measured(town: "Town") -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    town.sofie.resolves(ticket, at="mon 10:00")
    count()

    legs = ended(ticket, "team")

    assert [(kept, round(used)) for kept, used, *_ in legs.values()] == [(None, 2)]


def test_a_total_outage_is_down_until_it_works_but_for_what_the_customer_had_us_wait_for(
    town: "Town",
) -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    record.classify_ticket(
        ticket_id=ticket, ticket_type="incident", impact="high", by=HOUSE, at=moment("mon 08:05")
    )
    town.sofie.asks(ticket, "which lamp?", at="mon 09:00")
    town.anneke.answers(ticket, "the DSL lamp", at="mon 11:00")
    town.sofie.resolves(ticket, at="mon 12:00")
    count()

    spans = told("SELECT since, until FROM down_span WHERE ticket_id = %s ORDER BY since", ticket)

    zone = ZoneInfo("UTC")
    assert [[at.astimezone(zone) for at in span] for span in spans] == [
        [_at("mon 08:00"), _at("mon 09:00")],
        [_at("mon 11:00"), _at("mon 12:00")],
    ]
    assert all(row[4] for row in ended(ticket).values())


def _at(text: str) -> datetime:
    return moment(text).astimezone(ZoneInfo("UTC"))


def test_what_is_missed_and_still_owed_has_no_length_until_it_ends(town: "Town") -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    promise.ring(at=moment("fri 09:00"))
    count("fri 09:00")
    before = ended(ticket)["first_answer"]
    town.sofie.replies(ticket, "Sorry.", at="fri 09:30")
    count()

    after = ended(ticket)["first_answer"]

    assert (before[:2], after[0]) == ((False, None), False)
    assert after[1] > 0


def test_the_nightly_check_counts_anew_what_is_not_what_the_record_gives(town: "Town") -> None:
    """Accident: desks from before these rows have none; the night fills them."""
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    town.sofie.resolves(ticket, at="mon 10:00")
    count()
    before = ended(ticket)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM promise_outcome")

    while turn_of_the_checker(moment("next sun 12:00")):
        pass

    assert ended(ticket) == before
