"""Short texts for the composer: whose, in which language, with which variables."""

import pytest

from tests.knowledge.shelf import MONDAY, SOFIE, plant_tree
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.knowledge import actions, queries
from unbroken.knowledge.ids import CannedId
from unbroken.knowledge.variables import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_tree() -> None:
    plant_tree()


def topic(key: str) -> int:
    found = queries.topic_at(key)
    assert found is not None
    return found.id


def canned(name: str, key: str | None = None, **values: object) -> CannedId:
    given = {"texts": {"en": f"{name}, {{customer}}."}, "by": SOFIE, "at": MONDAY, **values}
    return actions.set_canned_answer(name=name, topic_id=topic(key) if key else None, **given)  # type: ignore[arg-type]


def test_the_nearest_come_first_and_what_is_of_another_topic_not_at_all() -> None:
    canned("thanks")
    canned("line", "internet")
    canned("speed", "internet/slow")
    canned("bill", "billing")

    found = [one.name for one in queries.canned_for(topic("internet/slow"), "en")]

    assert found == ["speed", "line", "thanks"]
    assert [one.name for one in queries.canned_for(None, "en")] == ["thanks"]


def test_a_text_is_given_in_the_customers_language_or_the_next_best() -> None:
    canned("thanks", texts={"en": "Thank you.", "ru": "Спасибо."})

    assert [one.text for one in queries.canned_for(None, "ru")] == ["Спасибо."]
    assert [one.language for one in queries.canned_for(None, "it")] == ["en"]


def test_variables_are_filled_in_and_what_is_unknown_is_left_to_be_seen() -> None:
    text = "Dear {customer}, {number}: by {promise}. {braces} {}"

    worded = filled(text, {"customer": "Anneke", "number": "100042", "promise": ""})

    assert worded == "Dear Anneke, 100042: by {promise}. {braces} {}"


def test_a_value_is_not_read_as_a_text_with_variables() -> None:
    """Attack: a customer is called {link}."""
    assert filled("{customer} {number}", {"customer": "{number}", "number": "7"}) == "{number} 7"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"name": "two words"}, "canned.no_name"),
        ({"name": ""}, "canned.no_name"),
        ({"texts": {"en": " "}}, "canned.says_nothing"),
        ({"texts": {"en": "Dear {custmer}"}}, "canned.unknown_variable"),
        ({"texts": {"fr": "Bonjour"}}, "article.unknown_language"),
        ({"name": "thanks"}, "canned.name_taken"),
    ],
)
def test_a_canned_answer_that_would_fail_is_refused(values: dict[str, object], key: str) -> None:
    canned("thanks")

    with pytest.raises(Refused) as refusal:
        canned(**{"name": "other", **values})  # type: ignore[arg-type]

    assert refusal.value.key == key
    assert str(refusal.value)


def test_out_of_use_it_is_offered_no_more_and_the_same_again_changes_nothing() -> None:
    thanks = canned("thanks")
    canned("thanks", canned_id=thanks)
    assert len(events_of([f"canned:{thanks}"])) == 1

    canned("thanks", canned_id=thanks, active=False, texts={})

    assert queries.canned_for(None, "en") == []
    sheet = queries.canned_answer(thanks)
    assert sheet is not None
    assert (sheet.active, sheet.texts) == (False, {"en": "thanks, {customer}."})
    assert len(queries.history(f"canned:{thanks}")) == 2
