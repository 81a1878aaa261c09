"""Who gets a request: rules that hold for any team, and the cases people complain about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import examples
from unbroken.routing.choosing import PUSH, TURN, Candidate, Chosen, Needs, Work, choose

NOW = datetime(2026, 5, 25, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOFIE = Candidate(
    1, frozenset({"en", "it"}), {"routers": 2}, {"credit": 50}, {}, "here", True, NOW + 4 * HOUR,
    NOW, {},
)  # fmt: skip
TIMO = replace(SOFIE, id=2, languages=frozenset({"en"}), skills={}, grants={})
OLEG = replace(TIMO, id=3, languages=frozenset({"en", "ru"}))
OFF = {"on_until": None, "on_at": NOW + 20 * HOUR}

people = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 9),
        languages=st.frozensets(st.sampled_from(["en", "ru", "it"])),
        skills=st.dictionaries(st.sampled_from(["routers", "billing"]), st.integers(1, 3)),
        grants=st.dictionaries(st.just("credit"), st.sampled_from([10, 50])),
        capacity=st.dictionaries(st.sampled_from(["all", "chat"]), st.integers(1, 4)),
        availability=st.sampled_from(["here", "writing", "call", "away", "off"]),
        has_plan=st.booleans(),
        on_until=st.none() | st.just(NOW + HOUR) | st.just(NOW + timedelta(minutes=5)),
        on_at=st.none() | st.just(NOW + 8 * HOUR),
        in_hand=st.dictionaries(st.sampled_from(["mail", "chat"]), st.integers(0, 5)),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)
works = st.builds(
    Work,
    language=st.sampled_from(["en", "ru", "it"]),
    channel=st.sampled_from(["mail", "chat"]),
    needs=st.builds(
        Needs,
        st.dictionaries(st.sampled_from(["routers", "billing"]), st.integers(1, 3), max_size=1),
        st.dictionaries(st.just("credit"), st.just(50), max_size=1),
    ),
    named=st.none() | st.integers(1, 9),
    before=st.lists(st.integers(1, 9), max_size=2),
    but=st.frozensets(st.integers(1, 9), max_size=1),
)


def names(found: Chosen) -> tuple[int | None, tuple[str, ...]]:
    return found.agent_id, found.reasons


@pytest.mark.thorough
@settings(max_examples=examples(150), deadline=None)
@given(works, people, st.sampled_from([PUSH, TURN]))
def test_whoever_gets_it_may_have_more_can_do_it_and_everybody_else_has_a_reason(
    work: Work, team: list[Candidate], way: str
) -> None:
    found = choose(work, team, way=way, at=NOW)
    known = {one.id: one for one in team}

    if found.agent_id is None:
        assert found.aside.keys() == known.keys()
        return
    got = known[found.agent_id]
    assert got.load < got.most
    assert got.id not in work.but | found.aside.keys()
    for skill, level in work.needs.skills.items():
        best = max(one.level(skill) for one in team)
        assert got.level(skill) >= min(level, best)
    if "comes_next" not in found.reasons:
        assert got.availability not in ("away", "off")
        assert got.on_until is not None or not got.has_plan
    assert choose(work, team[::-1], way=way, at=NOW) == found


def test_a_returning_customer_is_not_glued_to_somebody_who_is_off() -> None:
    work = Work("en", before=[SOFIE.id], named=SOFIE.id)

    assert names(choose(work, [SOFIE, TIMO], way=PUSH, at=NOW)) == (SOFIE.id, ("named",))
    away = replace(SOFIE, **OFF)  # type: ignore[arg-type]
    assert names(choose(work, [away, TIMO], way=PUSH, at=NOW)) == (TIMO.id, ("least",))


def test_why_not_who_is_named_for_the_customer_is_kept_with_when_they_are_back() -> None:
    away = replace(SOFIE, **OFF)  # type: ignore[arg-type]
    work = Work("en", named=SOFIE.id)

    off = choose(work, [away, TIMO], way=PUSH, at=NOW).because(PUSH)
    full = choose(
        work, [replace(SOFIE, capacity={"all": 1}, in_hand={"mail": 1}), TIMO], way=PUSH, at=NOW
    ).because(PUSH)
    hers = choose(work, [SOFIE, TIMO], way=PUSH, at=NOW).because(PUSH)

    back = (NOW + 20 * HOUR).isoformat()
    assert off["instead_of"] == {"agent": SOFIE.id, "why": "off", "until": back}
    assert full["instead_of"] == {"agent": SOFIE.id, "why": "full"}
    assert "instead_of" not in hers


def test_language_decides_but_nobody_waits_for_a_language_that_nobody_there_writes() -> None:
    busy = replace(SOFIE, in_hand={"mail": 9})

    assert choose(Work("it"), [busy, TIMO], way=PUSH, at=NOW).agent_id == SOFIE.id
    assert names(choose(Work("ru"), [busy, TIMO], way=PUSH, at=NOW)) == (
        TIMO.id, ("nobody_writes", "least"),
    )  # fmt: skip


def test_an_overloaded_agent_gets_no_more_and_a_chat_not_whoever_only_writes() -> None:
    full = replace(SOFIE, capacity={"all": 3}, in_hand={"mail": 3})
    writing = replace(TIMO, availability="writing")

    found = choose(Work("en", "chat"), [full, writing, OLEG], way=PUSH, at=NOW)

    assert found.agent_id == OLEG.id
    assert found.aside == {SOFIE.id: "full", TIMO.id: "writing"}
    assert choose(Work("en"), [full], way=PUSH, at=NOW).agent_id is None


def test_when_all_are_off_it_is_for_who_comes_next_and_can_do_it() -> None:
    team = [
        replace(SOFIE, **OFF),  # type: ignore[arg-type]
        replace(TIMO, on_until=None, on_at=NOW + 2 * HOUR),
    ]

    found = choose(Work("en"), team, way=PUSH, at=NOW)
    assert (*names(found), found.from_at) == (TIMO.id, ("comes_next",), NOW + 2 * HOUR)
    routers = Work("en", needs=Needs({"routers": 1}))
    assert choose(routers, team, way=PUSH, at=NOW).agent_id == SOFIE.id


def test_nobody_is_given_work_a_quarter_of_an_hour_before_the_shift_ends() -> None:
    leaving = replace(SOFIE, on_until=NOW + timedelta(minutes=10))

    found = choose(Work("it"), [leaving, TIMO], way=PUSH, at=NOW)

    assert (found.agent_id, found.aside) == (TIMO.id, {SOFIE.id: "ends_soon"})


def test_going_round_it_is_the_turn_of_who_was_given_something_longest_ago() -> None:
    given_ = [replace(SOFIE, given_at=NOW - HOUR), replace(TIMO, given_at=NOW - 2 * HOUR)]

    assert choose(Work("en"), given_, way=TURN, at=NOW).agent_id == TIMO.id
    assert choose(Work("en"), [*given_, OLEG], way=TURN, at=NOW).agent_id == OLEG.id


def test_a_skill_that_nobody_in_the_team_has_leaves_no_request_with_nobody() -> None:
    work = Work("en", needs=Needs({"satellites": 3, "routers": 3}))

    assert choose(work, [SOFIE, TIMO], way=PUSH, at=NOW).agent_id == SOFIE.id
