"""Agreements on their pages: targets in hours and minutes, what they mean now, put back."""

import re
from typing import Any

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.console.tickets.choices import forget_choices
from unbroken.conversation.actions import set_topic
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise import queries as promise
from unbroken.promise.actions import plant_agreements
from unbroken.promise.spans import in_text, seconds_of

PAGE = "/console/admin/agreements"
FORM = {
    "name": "Fair",
    "calendar": "round-the-clock",
    "first_answer.any.high": "1:30",
    "first_answer.any.warning": "50",
    "first_answer.complaint.low": "30 min",
}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_agreement_is_made_read_changed_and_put_back(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    vera = desk.client(VERA)

    vera.post(PAGE, {**FORM, "key": "fair"})
    row = next(one for one in promise.named_agreements() if one.key == "fair")
    page = f"{PAGE}/{row.id}"
    vera.post(page, {**FORM, "first_answer.any.high": "2"})
    shown = words(vera.get(page))
    version = events_of([f"agreement:{row.id}"])[-1].version
    vera.post(f"{page}/undo", {"version": version})

    assert "High 1:30" in shown
    assert "High 2:00" in shown
    after = next(one for one in promise.agreements() if one.key == "fair")
    told = {(aim.measure, aim.ticket_type): (aim.seconds, aim.warning_share) for aim in after.aims}
    assert told == {
        ("first_answer", ""): ({"high": 5400}, 0.5),
        ("first_answer", "complaint"): ({"low": 1800}, 0.75),
    }


def test_a_target_of_minus_one_is_refused_by_its_field_and_stays_typed(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())

    answer = desk.client(VERA).post(PAGE, {**FORM, "key": "fair", "first_answer.any.high": "-1"})

    assert answer.status_code == 422
    assert "First answer, High: “-1” is no time" in words(answer)
    assert 'value="-1"' in answer.content.decode()


def test_a_topic_has_a_table_of_its_own_and_keeps_its_times(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    set_topic(key="mail", names={"en": "Mail"}, by=HOUSE, at=now())
    vera = desk.client(VERA)
    vera.post(PAGE, {**FORM, "key": "fair"})
    page = f"{PAGE}/{next(one.id for one in promise.named_agreements() if one.key == 'fair')}"

    offered = words(vera.get(f"{page}?topic=mail"))
    vera.post(page, {**FORM, "topic": "mail", "first_answer.@mail.low": "0:20"})
    shown = vera.get(page).content.decode()

    assert "Topic: Mail" in offered
    assert 'name="first_answer.@mail.low" value="0:20"' in shown
    fair = next(one for one in promise.agreements() if one.key == "fair")
    assert ("mail", {"low": 1200}) in [(aim.topic, aim.seconds) for aim in fair.aims]


def test_who_may_stop_a_clock_is_ticked_on_the_page_and_told_in_its_history(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "No sync")
    desk.client(VERA).post(f"{PAGE}/pauses", {"reserved": ["partner", "nonsense"]})
    forget_choices()
    sofie = desk.client(SOFIE)

    offered = sofie.get(f"/console/tickets/{ticket}").content.decode()
    refused = sofie.post(
        f"/console/tickets/{ticket}/state", {"to": "hold", "waiting_for": "partner"}
    )

    assert '<option value="partner"' not in offered
    assert '<option value="appointment"' in offered
    assert "Only those who may stop clocks" in words(refused)
    assert "Force majeure: nobody could help it → A partner has to act" in words(
        desk.client(VERA).get(PAGE)
    )


def test_times_are_read_as_people_type_them() -> None:
    read = [seconds_of(text) for text in ("4", "0:30", "30 min", "1,5 h", "0", "4:75", "-1", "x")]

    assert read == [14400, 1800, 1800, 5400, None, None, None, None]
    assert (in_text(5400), in_text(None), in_text(61)) == ("1:30", "", "0:02")
