"""The calendar of promises: read by its own address only, and no word of a customer in it."""

import re
from datetime import datetime, timedelta

from django.test import Client

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.conversation import actions as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.ical import Occasion, calendar
from unbroken.ground.postman import drain
from unbroken.promise.actions import plant_agreements
from unbroken.promise.models import Clock
from unbroken.staffing.actions import set_shift_day
from unbroken.staffing.ids import AgentId

NAUGHTY = "Lamp; dark,\nBEGIN:VEVENT"


def address(desk: Desk, who: str, **form: str) -> str:
    """The address that their page shows after they pressed a button."""
    client = desk.client(who)
    client.post("/console/habits/calendar", form)
    found = re.search(
        r'value="http://[^/"]+(/calendar/[^"]+)"', client.get("/console/habits").content.decode()
    )
    return found[1] if found else ""


def test_what_one_has_in_hand_stands_in_ones_calendar_and_no_word_of_the_customer(
    desk: Desk,
) -> None:
    """Accident: the calendar is shared with the family, or kept by a company abroad."""
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    mine, other = desk.asks("Anneke de Wit", "Quokka"), desk.asks("Bram Visser", "Wombat")
    for ticket, who in ((mine, SOFIE), (other, TIMO)):
        record.assign_ticket(
            ticket_id=ticket, team_id=None, agent_id=desk.agents[who], by=desk.by(who), at=now()
        )
    drain()
    due = Clock.objects.filter(ticket_id=mine, state="running", due_at__isnull=False)

    answer = Client().get(address(desk, SOFIE))

    told = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert told.count("BEGIN:VEVENT") == len(due) > 0
    assert due[0].due_at is not None
    assert f"DTEND:{due[0].due_at:%Y%m%dT%H%M%SZ}" in told
    assert f"/console/tickets/{mine}" in told.replace("\r\n ", "")
    assert not re.search("Quokka|Anneke|Wombat", told)


def test_ones_own_shifts_stand_in_ones_calendar_and_nobody_elses(desk: Desk) -> None:
    day, at = now().date() + timedelta(days=2), now()
    for who, hours in ((SOFIE, [["08:00", "16:00"]]), (TIMO, [["10:00", "12:00"]])):
        set_shift_day(
            agent_id=AgentId(desk.agents[who]), day=day, hours=hours, reason="extra", by=HOUSE,
            at=at,
        )  # fmt: skip

    told = Client().get(address(desk, SOFIE)).content.decode()

    assert told.count("UID:shift-") == 1
    assert "SUMMARY:Shift" in told


def test_a_new_address_ends_the_old_one_and_a_forged_one_leads_nowhere(desk: Desk) -> None:
    """Attack: an address that was passed on, and one put together from the number of an agent."""
    stranger, old = Client(), address(desk, SOFIE)
    assert stranger.get(old).status_code == 200

    new = address(desk, SOFIE)

    assert stranger.get(old).status_code == 404
    assert stranger.get(new).status_code == 200
    assert stranger.get(new.replace("-2.", "-1.")).status_code == 404
    assert address(desk, SOFIE, end="1") == ""
    assert stranger.get(new).status_code == 404


def test_words_cannot_break_out_of_their_line() -> None:
    """Attack: a subject that begins an event of its own; accident: a fold inside a letter."""
    at = datetime.fromisoformat("2026-11-22T18:00:00+01:00")
    one = Occasion("1@desk", at, at + timedelta(minutes=5), NAUGHTY + " ж" * 60)

    lines = calendar("Имя", [one], at=at).split(b"\r\n")

    assert lines.count(b"BEGIN:VEVENT") == 1
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    whole = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Lamp\\; dark\\,\\nBEGIN:VEVENT" in whole
    assert "DTSTART:20261122T170000Z" in whole
