"""What agents know and customers may read, in the language they read best."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from unbroken.conversation.actions import set_topic
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of, words_of
from unbroken.knowledge import actions, queries
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.models import Article

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)
SOFIE = Actor.agent(1)
LAMP = {"en": ("The DSL lamp is dark", "Unplug it, count to ten, plug it in.")}


@pytest.fixture(autouse=True)
def the_tree() -> None:
    for key, parent in (("internet", None), ("internet/slow", "internet"), ("billing", None)):
        set_topic(key=key, names={"en": key}, parent_key=parent, by=SOFIE, at=MONDAY)


def written(topic: str = "internet", *, published: bool = True, **values: object) -> ArticleId:
    given = {"texts": LAMP, "audience": "public", **values}
    article = actions.write_article(topic_key=topic, by=SOFIE, at=MONDAY, **given)  # type: ignore[arg-type]
    if published:
        actions.publish_article(article_id=article, by=SOFIE, at=MONDAY)
    return article


def titles(topic: str | None, language: str = "en", *, public_only: bool = True) -> list[str]:
    found = queries.articles_under(topic, language, public_only=public_only, at=MONDAY)
    return [article.title for article in found]


def test_a_published_article_is_found_under_its_topic_and_every_one_above() -> None:
    written("internet/slow")

    assert titles("internet/slow") == titles("internet") == titles(None) == [LAMP["en"][0]]
    assert titles("billing") == titles("no such topic") == []


def test_a_draft_a_retired_and_an_outdated_article_are_read_by_nobody() -> None:
    written(published=False)
    retired = written()
    actions.retire_article(article_id=retired, by=SOFIE, at=MONDAY)
    written(valid_until=MONDAY)

    assert titles(None, public_only=False) == []


def test_what_is_internal_is_read_by_agents_and_by_no_customer() -> None:
    article = written(audience="internal")

    assert titles(None, public_only=False) == [LAMP["en"][0]]
    assert titles(None) == []
    assert queries.article(article, "en", public_only=True, at=MONDAY) is None


def test_an_article_is_given_in_the_readers_language_or_the_next_best() -> None:
    both = written(texts={**LAMP, "ru": ("Лампа DSL не горит", "Выньте вилку.")})
    only_italian = written(texts={"it": ("La spia è spenta", "Staccate la spina.")})

    def language(article: ArticleId, wanted: str) -> str:
        found = queries.article(article, wanted, public_only=True, at=MONDAY)
        assert found is not None
        return found.language

    assert [language(both, wanted) for wanted in ("ru-RU", "it", "fr")] == ["ru", "en", "en"]
    assert language(only_italian, "ru") == "it"


def test_each_article_is_listed_once_in_the_order_of_the_tree() -> None:
    written("billing", texts={"en": ("Your invoice", "…"), "ru": ("Ваш счёт", "…")})
    written("internet/slow", texts={"en": ("Slow in the evening", "…")})
    written("internet", texts={"en": ("No connection", "…")})

    assert titles(None) == ["Your invoice", "No connection", "Slow in the evening"]


def test_what_an_article_said_before_can_be_read_back() -> None:
    article = written()
    again = {"en": ("The DSL lamp is dark", "Call us: we look at the line from here.")}

    actions.write_article(
        topic_key="internet", texts=again, audience="public", article_id=article,
        by=SOFIE, at=MONDAY + timedelta(days=1),
    )  # fmt: skip
    before = queries.article(article, "en", public_only=True, at=MONDAY)
    assert before is not None
    assert before.body == LAMP["en"][1], "readers see the old words until the new are published"
    actions.publish_article(article_id=article, by=SOFIE, at=MONDAY + timedelta(days=2))

    said = [e.load().bodies[0] for e in events_of([f"article:{article}"]) if "bodies" in e.data]
    words = words_of(said)
    assert ["Unplug" in (words[one] or "") for one in said] == [True, False]
    found = queries.article(article, "en", public_only=True, at=MONDAY)
    assert found is not None
    assert found.body == again["en"][1]


def test_the_same_words_again_and_publishing_twice_change_nothing() -> None:
    article = written()
    before = events_of([f"article:{article}"])

    actions.write_article(
        topic_key="internet", texts=LAMP, audience="public", article_id=article,
        by=SOFIE, at=MONDAY,
    )  # fmt: skip
    actions.publish_article(article_id=article, by=SOFIE, at=MONDAY)

    assert events_of([f"article:{article}"]) == before


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"topic": "weather"}, "article.unknown_topic"),
        ({"texts": {}}, "article.says_nothing"),
        ({"texts": {"en": ("A title", "  ")}}, "article.says_nothing"),
        ({"texts": {"fr": ("Un titre", "Un texte")}}, "article.unknown_language"),
        ({"audience": "everybody"}, "article.unknown_audience"),
    ],
)
def test_an_article_nobody_could_read_is_refused(wrong: dict[str, object], key: str) -> None:
    with pytest.raises(Refused) as refusal:
        written(**wrong)  # type: ignore[arg-type]
    assert refusal.value.key == key


def test_a_retired_article_is_published_again_before_it_is_rewritten() -> None:
    article = written()
    actions.retire_article(article_id=article, by=SOFIE, at=MONDAY)

    with pytest.raises(Refused, match="taken down"):
        actions.write_article(
            topic_key="billing", texts=LAMP, article_id=article, by=SOFIE, at=MONDAY
        )


def test_the_database_refuses_an_article_changed_behind_the_actions() -> None:
    """Accident: a script marks all drafts as published with one UPDATE."""
    written(published=False)

    Article.objects.update(state="published")
    with pytest.raises(IntegrityError, match="write through"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
