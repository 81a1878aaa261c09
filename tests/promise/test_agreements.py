"""Agreements: what may be promised, and what is refused."""

from typing import Any

import pytest

from tests.promise.desk import LONG_AGO, SOFIE, Desk, when
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.promise import actions, queries
from unbroken.promise.book import Aim
from unbroken.promise.models import Agreement, Objective

ANSWER = Aim("first_answer", "", {"critical": 3600}, 0.5)


def agree(*objectives: Aim, **more: Any) -> None:
    wanted = {"key": "gold", "name": "Gold", "calendar": "weekdays", **more}
    actions.set_agreement(objectives=objectives, by=SOFIE, at=when("mon 08:00"), **wanted)


def aims(key: str = "gold") -> list[Aim]:
    return [aim for row in queries.agreements() if row.key == key for aim in row.aims]


def test_an_objective_that_is_not_named_any_more_promises_nothing(desk: Desk) -> None:
    agree(ANSWER, Aim("time_to_resolve", "", {"low": 60}, 1))
    agree(ANSWER)

    assert aims() == [ANSWER]
    assert Objective.objects.filter(agreement__key="gold").count() == 2

    agree(ANSWER, Aim("time_to_resolve", "", {"low": 120}, 1))
    assert len(aims()) == 2


def test_setting_what_is_already_so_changes_nothing(desk: Desk) -> None:
    agree(ANSWER)
    agree(ANSWER)

    assert Agreement.objects.get(key="gold").version == 1


def test_a_priority_without_a_target_is_promised_nothing(desk: Desk) -> None:
    agree(ANSWER)
    gold = desk.customer("Greta", "greta@home.example", "gold")

    ticket = gold.reports("no sync", "mon 09:00")

    assert queries.promises_of(ticket, at=when("mon 09:00")) == ()


def test_spelling_of_a_key_does_not_matter(desk: Desk) -> None:
    service = desk.customer("Bram", "bram@shop.example", "24x7 Business").service_id

    named = queries.agreement_of(service_id=service, customer_id=None)

    assert named is not None
    assert (named.key, named.note) == ("24x7-business", "")


def test_exactly_one_agreement_is_the_default(desk: Desk) -> None:
    actions.make_default(key="rock", by=SOFIE, at=when("mon 08:00"))
    actions.make_default(key="rock", by=SOFIE, at=when("mon 08:00"))

    assert list(Agreement.objects.filter(is_default=True).values_list("key")) == [("rock",)]
    with pytest.raises(Refused, match="no agreement “gold”"):
        actions.make_default(key="gold", by=SOFIE, at=when("mon 08:00"))


def test_planting_twice_plants_once(desk: Desk) -> None:
    actions.plant_agreements(timezone="UTC", by=HOUSE, at=LONG_AGO)

    assert sorted(Agreement.objects.values_list("key", "version")) == [
        ("24x7-business", 1), ("classic", 2), ("pop", 1), ("rock", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("objectives", "more", "says"),
    [
        ([], {"key": " "}, "needs a key"),
        ([], {"name": ""}, "needs a key and a name"),
        ([], {"calendar": "moon"}, "no calendar “moon”"),
        ([Aim("joy", "", {"low": 1}, 1)], {}, "no measure “joy”"),
        ([Aim("first_answer", "wish", {"low": 1}, 1)], {}, "no type of request “wish”"),
        ([Aim("first_answer", "", {}, 1)], {}, "whole and positive"),
        ([Aim("first_answer", "", {"urgent": 1}, 1)], {}, "whole and positive"),
        ([Aim("first_answer", "", {"low": 0}, 1)], {}, "whole and positive"),
        ([Aim("first_answer", "", {"low": True}, 1)], {}, "whole and positive"),
        ([Aim("first_answer", "", {"low": 1}, 1.5)], {}, "between 0 and 1"),
        ([ANSWER, ANSWER], {}, "promised twice"),
    ],
)
def test_what_cannot_be_promised_is_refused(
    desk: Desk, objectives: list[Aim], more: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        agree(*objectives, **more)

    assert not Agreement.objects.filter(key="gold").exists()
