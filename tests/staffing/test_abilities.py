"""What somebody can do is on record, with levels and limits, and is taken back like anything."""

from datetime import UTC, datetime

import pytest

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.staffing import actions, queries
from unbroken.staffing.abilities import as_text, skills_of

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


def test_a_level_is_typed_behind_the_skill_and_read_back_as_it_was_typed() -> None:
    names, levels = skills_of("routers 3, mail server, billing 2, routers 1, ")

    assert names == ["routers", "mail server", "billing"]
    assert levels == {"routers": 3, "billing": 2}
    assert as_text(tuple(names), levels) == "routers 3, mail server, billing 2"


@pytest.mark.django_db
def test_levels_languages_authority_and_limits_are_kept_and_nonsense_is_refused() -> None:
    sofie = actions.hire_agent(name="Sofie", email="sofie@desk.example", by=HOUSE, at=MONDAY)
    told = {"agent_id": sofie, "by": HOUSE, "at": MONDAY}
    actions.change_agent(
        skills=["routers"], levels={"routers": 3}, languages=["it", "de", "it"],
        grants={"credit": 50, "reboot": 1, "quota": 0}, capacity={"chat": 3}, **told,
    )  # type: ignore[arg-type]  # fmt: skip

    card = queries.agent(sofie)
    assert card is not None
    assert (card.level("routers"), card.level("billing")) == (3, 0)
    assert [one for one in ("en", "it", "de", "ru") if card.writes(one)] == ["en", "it", "de"]
    assert card.may_grant("credit", 50)
    assert not card.may_grant("credit", 51)
    assert not card.may_grant("quota")
    assert card.capacity == {"chat": 3}
    for nonsense in ({"levels": {"routers": 9}}, {"capacity": {"chat": -1}}):
        with pytest.raises(Refused, match="level"):
            actions.change_agent(**told, **nonsense)  # type: ignore[arg-type]
