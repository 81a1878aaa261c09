"""Promises added up: by what is asked, how long they took, and the requests behind each number."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from tests.console.desk import SOFIE, VERA, Desk
from tests.portal.people import text_of
from unbroken.console.kept import monthly
from unbroken.console.kept.asking import Asked, read_asked
from unbroken.console.kept.pages import percent
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import plant_agreements
from unbroken.promise.objectives import set_period_objective
from unbroken.staffing import actions as staffing

PAGE = "/console/dashboards/promises"
COLUMNS = (
    "ticket_id, kind, what, cause, day, is_kept, used_seconds, wall_seconds, target_seconds,"
    " agreement, team, topic, priority, is_outage"
)


def ended(
    ticket: int, what: str, hours: float | None, *, kept: bool | None = True, kind: str = "promise",
    team: int = 0, cause: int = 0, day: str = "2026-10-05",
) -> None:  # fmt: skip
    seconds = hours and hours * 3600
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO promise_outcome ({COLUMNS}) VALUES"
            " (%s, %s, %s, %s, %s, %s, %s, %s, 14400, 'rock', %s, 0, 'high', %s)",
            [ticket, kind, what, cause, day, kept, seconds, seconds, team, kind == "outage"],
        )


def many(desk: Desk) -> list[int]:
    """Ten restored: after 1 to 10 hours, the last two late."""
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    tickets = [int(desk.asks("Anneke de Wit", f"lamp {n}")) for n in range(2)]
    team = desk.teams["first-line"]
    for n in range(10):
        ended(tickets[n % 2], "time_to_restore", n + 1, kept=n < 8, cause=n, team=team)
    return tickets


def rows_of(page: Any, section: str) -> list[list[str]]:
    """The cells of a table of the page."""
    found = re.search(rf'aria-labelledby="{section}-title">.*?</section>', page, re.DOTALL)
    assert found is not None, section
    lines = re.findall(r"<tr>(.*?)</tr>", found[0], re.DOTALL)[1:]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(CELL, line, re.DOTALL)
        ]
        for line in lines
    ]


CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"


def test_a_promise_is_told_with_its_share_mean_median_and_percentiles(desk: Desk) -> None:
    many(desk)

    page = desk.client(VERA).get(f"{PAGE}?month=2026-10&months=1").content.decode()

    assert rows_of(page, "lines") == [
        ["Service restored", "10", "2", "80 %", "5:30", "5:30", "8:12", "9:33"]
    ]


def test_a_number_opens_the_requests_behind_it_and_only_those_one_may_see(desk: Desk) -> None:
    """Attack: a lead reads of other queues through the numbers of a report."""
    ticket = many(desk)[0]
    elsewhere = int(desk.asks("Bram Visser", "secret of billing", team="billing"))
    ended(elsewhere, "time_to_restore", 3, kept=False, team=desk.teams["billing"])
    vera = desk.client(VERA)
    page = vera.get(f"{PAGE}?month=2026-10&months=1").content.decode()
    (address,) = re.findall(r'href="([^"]*kept=no[^"]*)" aria-label="Service', page)

    shown = text_of(vera.get(address.replace("&amp;", "&")))
    team = address.replace("&amp;", "&") + "&team=999999"

    assert str(elsewhere) in shown
    assert "secret of billing" in shown
    assert str(ticket) not in text_of(vera.get(team))
    assert desk.client(SOFIE).get(address).status_code in (403, 404)


def test_outages_legs_and_what_is_promised_over_a_month_stand_apart(desk: Desk) -> None:
    tickets = many(desk)
    ended(tickets[0], "", 30, kind="outage")
    ended(tickets[0], str(desk.teams["first-line"]), 2, kind="team", kept=None)
    set_period_objective(
        agreement="rock", measure="time_to_restore", percent=Decimal(80), seconds=8 * 3600,
        by=HOUSE, at=now(),
    )  # fmt: skip

    page = desk.client(VERA).get(f"{PAGE}?month=2026-10&months=1").content.decode()

    assert rows_of(page, "outages")[0][:5] == ["2026-10", "1", "0", "100 %", "30:00"]
    assert rows_of(page, "teams")[0][3:5] == ["–", "2:00"]
    (reached,) = rows_of(page, "shares")
    assert reached[3:] == ["80.0 %", "80.0 %", "10"]


def test_two_requests_about_one_outage_are_counted_once_in_the_availability(desk: Desk) -> None:
    tickets = many(desk)
    service = directory.register_service(
        customer_id=desk.customers["Anneke de Wit"], agreement="rock", by=HOUSE, at=now()
    )
    with connection.cursor() as cursor:
        for ticket, since, until in (
            (tickets[0], "2026-10-04T22:00Z", "2026-10-05T02:00Z"),
            (tickets[1], "2026-10-05T00:00Z", "2026-10-05T04:00Z"),
            (tickets[1], "2026-09-30T20:00Z", "2026-10-01T00:00Z"),
        ):
            cursor.execute(
                "INSERT INTO down_span (ticket_id, service_id, since, until)"
                " VALUES (%s, %s, %s, %s)",
                [ticket, service, since, until],
            )

    page = desk.client(VERA).get(f"{PAGE}?month=2026-10&months=1").content.decode()

    (line,) = rows_of(page, "services")
    assert line[2:4] == ["6:00", "99.194 %"]


def test_the_table_for_spreadsheets_says_the_same_in_seconds(desk: Desk) -> None:
    many(desk)

    table = desk.client(VERA).get(f"{PAGE}.csv?month=2026-10&months=1").content.decode()

    assert "promise,Service restored,10,8,2,80,19800,19800,29520,34380" in table


def test_the_month_goes_by_mail_to_each_head_of_support_once(desk: Desk) -> None:
    many(desk)
    staffing.hire_agent(
        name="Hanna", email="hanna@desk.example", role="head", language="it", by=HOUSE, at=now()
    )
    set_period_objective(
        agreement="rock", measure="time_to_restore", percent=Decimal(90), by=HOUSE, at=now()
    )
    first = datetime(2026, 11, 1, 9, tzinfo=UTC)

    sent = [monthly.send_due(first - timedelta(hours=6)), monthly.send_due(first)]
    again = monthly.send_due(first + timedelta(days=1))

    assert (sent, again) == ([0, 1], 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'subject', args ->> 'words', args -> 'to' ->> 1"
            " FROM procrastinate_jobs WHERE task_name = 'intake.service_mail'"
        )
        (mail,) = cursor.fetchall()
    assert mail[0] == "Promesse di 2026-10: 80 % mantenute"
    assert "8 promesse mantenute" in mail[1]
    assert "raggiunto 80.0 %, promesso 90.0 %" in mail[1]
    assert mail[2] == "hanna@desk.example"


def test_an_address_asks_for_months_and_whatever_cannot_be_read_is_the_default() -> None:
    today = date(2026, 11, 22)

    wrong = read_asked({"month": "2026-13", "months": "9", "by": "joy", "promise": "x"}, today)
    year = Asked(date(2026, 2, 1), months=3)

    assert wrong == Asked(date(2026, 11, 1))
    assert (year.each, year.until) == (["2025-12", "2026-01", "2026-02"], date(2026, 2, 28))
    assert (percent(99.96), percent(100.0), percent(None)) == ("99 %", "100 %", "–")
