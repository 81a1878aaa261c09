"""Which mails belong together: by their names, in whatever order they come."""

import random

from hypothesis import given
from hypothesis import strategies as st

from unbroken.intake.families import Named, families


def together(*mails: Named) -> list[set[str]]:
    return [{mails[place].own for place in places} for places in families(mails).members]


def test_answers_belong_to_what_they_answer_in_any_order() -> None:
    original, answer, more = Named("a"), Named("b", ("a",)), Named("c", ("b",))

    for order in ((original, answer, more), (more, answer, original), (more, original, answer)):
        assert together(*order) == [{"a", "b", "c"}]


def test_two_answers_to_an_absent_mail_belong_together() -> None:
    assert together(Named("b", ("a",)), Named("c", ("a",))) == [{"b", "c"}]


def test_an_absent_mail_belongs_where_others_say() -> None:
    answer = Named("d", ("absent",), ("a", "absent"))

    assert together(Named("a"), answer, Named("e", ("absent",))) == [{"a", "d", "e"}]


def test_a_mail_that_names_two_families_joins_one_and_links_the_other() -> None:
    mails = (Named("a"), Named("b"), Named("c", ("b",), ("a", "b")))

    found = families(mails)

    assert together(*mails) == [{"a"}, {"b", "c"}]
    assert found.links == ((1, 0),)


def test_strangers_stay_apart() -> None:
    assert together(Named("a"), Named("b"), Named("c")) == [{"a"}, {"b"}, {"c"}]


def test_nobody_becomes_their_own_forefather() -> None:
    """Attack: mails that answer one another in a ring."""
    ring = (Named("a", ("c",)), Named("b", ("a",)), Named("c", ("b",)), Named("d", ("d",)))

    assert sorted(map(sorted, together(*ring))) == [["a", "b", "c"], ["d"]]


@st.composite
def conversations(draw: st.DrawFn) -> list[Named]:
    """Trees of mails, each answering an earlier one, with the line of forefathers it knows."""
    count = draw(st.integers(1, 25))
    parents = [draw(st.integers(-1, number - 1)) if number else -1 for number in range(count)]
    lines: list[tuple[str, ...]] = []
    for parent in parents:
        lines.append(() if parent < 0 else (*lines[parent], str(parent)))
    return [
        Named(str(number), (str(parent),) if parent >= 0 else (), lines[number])
        for number, parent in enumerate(parents)
    ]


@given(conversations(), st.randoms(), st.data())
def test_order_and_absence_change_nothing(
    mails: list[Named], dice: random.Random, data: st.DataObject
) -> None:
    """However they are shuffled and whichever are lost, who has one forefather stays together."""
    root = {mail.own: (mail.refers_to or (mail.own,))[0] for mail in mails}
    kept = data.draw(st.lists(st.sampled_from(mails), unique=True, min_size=1))
    dice.shuffle(kept)

    found = {own: number for number, own_set in enumerate(together(*kept)) for own in own_set}

    for one in kept:
        for other in kept:
            assert (found[one.own] == found[other.own]) == (root[one.own] == root[other.own])
