"""Agreements on their pages: targets in hours and minutes, what they mean now, put back."""

import re
from typing import Any

from tests.console.desk import VERA, Desk
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


def test_times_are_read_as_people_type_them() -> None:
    read = [seconds_of(text) for text in ("4", "0:30", "30 min", "1,5 h", "0", "4:75", "-1", "x")]

    assert read == [14400, 1800, 1800, 5400, None, None, None, None]
    assert (in_text(5400), in_text(None), in_text(61)) == ("1:30", "", "0:02")
