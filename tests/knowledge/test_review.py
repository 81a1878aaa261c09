"""From a draft to what readers see, and what it said before."""

from datetime import timedelta

import pytest

from tests.knowledge.shelf import LAMP, MONDAY, SOFIE, TIMO, plant_tree, written
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of, words_of
from unbroken.knowledge import actions, queries
from unbroken.knowledge.differences import Piece, differences
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.slugs import free_slug, slug_of

pytestmark = pytest.mark.django_db

ANEW = {"en": ("The DSL lamp is dark", "Look at the grey cable first.")}


@pytest.fixture(autouse=True)
def the_tree() -> None:
    plant_tree()


def state(article: ArticleId) -> tuple[str, bool]:
    row = queries.shelved(article, "en", at=MONDAY)
    assert row is not None
    return row.state, row.in_review


def public_body(article: ArticleId) -> str:
    row = queries.article(article, "en", public_only=True, at=MONDAY)
    return row.body if row else ""


def test_a_draft_goes_to_another_reader_and_then_to_everybody() -> None:
    article = written(published=False)

    actions.submit_article(article_id=article, by=SOFIE, at=MONDAY)
    assert state(article) == ("draft", True)
    actions.publish_article(article_id=article, by=TIMO, at=MONDAY)

    assert state(article) == ("published", False)
    assert [event.kind for event in events_of([f"article:{article}"])] == [
        "article.written", "article.submitted", "article.published",
    ]  # fmt: skip


def test_its_reader_gives_it_back_with_words() -> None:
    article = written(published=False)
    actions.submit_article(article_id=article, by=SOFIE, at=MONDAY)

    actions.return_article(article_id=article, reason="Which lamp?", by=TIMO, at=MONDAY)

    assert state(article) == ("draft", False)
    assert queries.history(f"article:{article}")[0].reason == "Which lamp?"


def test_new_words_of_a_published_article_wait_and_its_readers_keep_the_old() -> None:
    article = written()

    written(texts=ANEW, article_id=article, published=False)

    assert "count to ten" in public_body(article)
    assert queries.wordings(article)["en"].body == ANEW["en"][1]
    assert not queries.wordings(article)["en"].is_published
    actions.publish_article(article_id=article, by=TIMO, at=MONDAY)
    assert public_body(article) == ANEW["en"][1]


def test_back_to_the_published_words_nothing_waits_any_more() -> None:
    article = written()
    written(texts=ANEW, article_id=article, published=False)

    written(texts=LAMP, article_id=article, published=False)

    with pytest.raises(Refused, match="Nothing was written"):
        actions.submit_article(article_id=article, by=SOFIE, at=MONDAY)


def test_every_version_can_be_read_and_compared() -> None:
    article = written()
    russian = {"ru": ("Лампа DSL не горит", "Проверьте серый кабель.")}
    written(texts=ANEW | russian, article_id=article, at=MONDAY + timedelta(days=1))

    now, before = queries.versions(article)

    assert before.texts == LAMP
    assert now.texts == ANEW | russian
    assert now.step.languages == ("en", "ru")
    assert now.step.by == str(SOFIE)
    assert queries.version_at([now, before], before.step.number) == before


def test_an_article_keeps_its_first_address_whatever_it_is_called_later() -> None:
    article = written()
    written(texts={"en": ("Dark lamp", "Words.")}, article_id=article)

    found = queries.article_at("the-dsl-lamp-is-dark", "en", public_only=True, at=MONDAY)

    assert found is not None
    assert (found.id, found.title) == (article, "Dark lamp")
    assert found.place == "internet/the-dsl-lamp-is-dark"


def test_two_articles_and_a_topic_share_no_address() -> None:
    first, second = written(), written("billing")
    slow = written(texts={"en": ("Slow", "Words.")})

    places = [
        row.place
        for one in (first, second, slow)
        if (row := queries.article(one, "en", public_only=True, at=MONDAY))
    ]

    assert places == [
        "internet/the-dsl-lamp-is-dark", "billing/the-dsl-lamp-is-dark-2", "internet/slow-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Moving house: what we need", "moving-house-what-we-need"),
        ("Гаснет лампочка DSL: что это?", "gasnet-lampochka-dsl-chto-eto"),
        ("Perché la linea è lenta", "perche-la-linea-e-lenta"),
        ("2026", "article-2026"),
        ("???", ""),
        ("x" * 200, "x" * 60),
        ("slow " * 40, "slow-" * 11 + "slow"),
    ],
)
def test_an_address_is_made_of_plain_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_title_without_letters_has_an_address_too() -> None:
    assert free_slug("???", {"article"}) == "article-2"


def test_a_difference_is_told_in_words_not_in_letters() -> None:
    before, after = "The lamp is dark today.", "The lamp was green today."

    assert differences(before, after) == [
        Piece("same", "The lamp "),
        Piece("gone", "is dark"),
        Piece("new", "was green"),
        Piece("same", " today."),
    ]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("a b", "a b"), ("", "x"), ("x y z", "")])
def test_a_difference_loses_no_word(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before


def test_an_endless_article_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refusal:
        written(texts={"en": ("Long", "x" * 50_000)})
    assert refusal.value.key == "article.too_long"


def test_what_was_said_when_giving_back_belongs_to_who_said_it() -> None:
    article = written(published=False)
    actions.submit_article(article_id=article, by=SOFIE, at=MONDAY)
    actions.return_article(article_id=article, reason="Too long.", by=TIMO, at=MONDAY)

    said = events_of([f"article:{article}"])[-1].data["reason"]

    assert words_of([said]) == {said: "Too long."}
