"""What is known, in the console: written, handed in, published, used; topics and canned answers."""

import re

import pytest
from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from tests.knowledge.shelf import plant_tree
from tests.portal.people import text_of
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.knowledge import actions, queries
from unbroken.knowledge.ids import ArticleId

LAMP = {"en": ("The DSL lamp is dark", "Look at the **grey** cable.")}


@pytest.fixture(autouse=True)
def the_tree(desk: Desk) -> None:
    plant_tree()


def form(**fields: str) -> dict[str, str]:
    """A sheet as the page posts it."""
    known = {"topic": "internet", "audience": "public", "title_en": "Lamp", "body_en": "Look."}
    return known | fields


def write(client: Client, **fields: str) -> ArticleId:
    answer = client.post("/console/knowledge/articles/new", form(**fields))
    assert answer.status_code == 303, text_of(answer)
    found = re.search(r"/(\d+)$", answer.headers["Location"])
    assert found is not None
    return ArticleId(int(found[1]))


def published(audience: str = "public", texts: dict[str, tuple[str, str]] = LAMP) -> ArticleId:
    article = actions.write_article(
        topic_key="internet", texts=texts, audience=audience, by=HOUSE, at=ago(days=1)
    )
    actions.publish_article(article_id=article, by=HOUSE, at=ago(days=1))
    return article


def state(article: ArticleId) -> str:
    row = queries.shelved(article, "en", at=now())
    assert row is not None
    return "review" if row.in_review else row.state


def test_sofie_writes_and_hands_in_and_timo_reads_and_publishes(desk: Desk) -> None:
    sofie, timo = desk.client(SOFIE), desk.client(TIMO)
    article = write(sofie, then="submit", title_ru="Лампа", body_ru="Смотрите.")
    assert state(article) == "review"

    page = f"/console/knowledge/articles/{article}"
    assert sofie.post(f"{page}/publication").status_code == 403, "nobody reads their own alone"
    assert timo.post(f"{page}/publication").status_code == 303

    assert state(article) == "published"
    assert "EN, RU" in text_of(timo.get(page))


def test_its_reader_gives_it_back_with_words(desk: Desk) -> None:
    article = write(desk.client(SOFIE), then="submit")
    page = f"/console/knowledge/articles/{article}"

    desk.client(TIMO).post(f"{page}/review", {"to": "writer", "reason": "Which lamp?"})

    assert state(article) == "draft"
    assert "Which lamp?" in text_of(desk.client(SOFIE).get(page))


def test_who_edits_knowledge_publishes_at_once_and_nobody_else_can(desk: Desk) -> None:
    """Attack: the button that is not shown, pressed all the same."""
    assert state(write(desk.client(VERA), then="publish")) == "published"
    assert state(write(desk.client(SOFIE), then="publish", title_en="Other")) == "draft"


def test_a_look_keeps_nothing_and_shows_what_it_will_be(desk: Desk) -> None:
    answer = desk.client(SOFIE).post(
        "/console/knowledge/articles/new",
        form(then="preview", body_en="**Look** <script>alert(1)</script>"),
    )

    page = answer.content.decode()
    assert "<strong>Look</strong>" in page
    assert "<script>alert" not in page
    assert queries.shelf("en", at=now()) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body_en": ""}, "Write both a title and a text in English"),
        ({"topic": "weather"}, "no topic weather"),
        ({"valid_until": "tomorrow"}, "“tomorrow” is not a date"),
        ({"valid_until": "9999-12-31"}, "is not a date"),
        ({"audience": "everybody"}, "public or internal"),
    ],
)
def test_what_is_refused_comes_back_with_all_that_was_written(
    desk: Desk, fields: dict[str, str], words: str
) -> None:
    answer = desk.client(SOFIE).post(
        "/console/knowledge/articles/new", form(title_it="Spia", body_it="Guardi.", **fields)
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Guardi." in answer.content.decode()


def test_two_who_write_at_once_lose_nothing(desk: Desk) -> None:
    """Accident: Sofie opened the page before Timo kept his words."""
    article = write(desk.client(SOFIE))
    page = f"/console/knowledge/articles/{article}"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.client(SOFIE).get(page).content.decode())
    assert seen is not None
    desk.client(TIMO).post(page, form(body_en="Timo's words.", seen=seen[1]))

    answer = desk.client(SOFIE).post(page, form(body_en="Sofie's words.", seen=seen[1]))

    assert answer.status_code == 422
    assert "Somebody else changed this article" in text_of(answer)
    assert "Sofie&#39;s words." in answer.content.decode()
    assert queries.wordings(article)["en"].body == "Timo's words."


def test_past_its_date_it_is_marked_and_offered_to_nobody(desk: Desk) -> None:
    article = write(desk.client(VERA), then="publish", valid_until="2020-01-31")

    assert "Past its date" in text_of(desk.client(SOFIE).get("/console/knowledge/?state=outdated"))
    assert "nobody is shown it" in text_of(
        desk.client(SOFIE).get(f"/console/knowledge/articles/{article}")
    )
    assert 'value="2020-01-31"' in (
        desk.client(SOFIE).get(f"/console/knowledge/articles/{article}").content.decode()
    )


def test_the_shelf_is_narrowed_by_words_topic_and_state(desk: Desk) -> None:
    published()
    write(desk.client(SOFIE), title_en="Bills", topic="billing")
    client = desk.client(SOFIE)

    assert "Bills" not in text_of(client.get("/console/knowledge/?q=lamps"))
    assert "DSL lamp" not in text_of(client.get("/console/knowledge/?topic=billing"))
    assert "DSL lamp" not in text_of(client.get("/console/knowledge/?state=draft"))
    assert "No article here" in text_of(client.get("/console/knowledge/?q=%00%27&state=x&topic=x"))


def test_versions_show_what_is_new_and_what_is_gone(desk: Desk) -> None:
    article = published()
    actions.write_article(
        topic_key="internet", texts={"en": (LAMP["en"][0], "Look at the red cable.")},
        audience="public", article_id=article, by=desk.by(SOFIE), at=now(),
    )  # fmt: skip

    page = desk.client(SOFIE).get(f"/console/knowledge/articles/{article}/versions")

    assert "<del>**grey**</del><ins>red</ins>" in page.content.decode()
    odd = f"/console/knowledge/articles/{article}/versions?version={'9' * 40}&with=x"
    assert desk.client(SOFIE).get(odd).status_code == 200


def test_beside_a_request_stands_what_may_answer_it_in_the_customers_language(desk: Desk) -> None:
    published(texts={**LAMP, "ru": ("Гаснет лампочка", "Проверьте серый кабель.")})
    published("internal", {"ru": ("Лампочка: для своих", "Счётчики смотрите сами.")})
    ticket = desk.asks("Anneke de Wit", "Лампочка гаснет", "с утра лампочка", language="ru")

    part = desk.client(SOFIE).get(
        f"/console/tickets/{ticket}/articles", headers={"hx-request": "true"}
    )

    assert "Гаснет лампочка" in text_of(part)
    assert "it is not put into an answer" in text_of(part)
    assert part.content.decode().count("data-insert") == 1
    assert "<html" not in part.content.decode()


def test_without_javascript_an_article_goes_into_what_was_begun_and_counts_once_sent(
    desk: Desk,
) -> None:
    article, ticket = published(), desk.asks("Anneke de Wit", "The lamp is dark")
    client = desk.client(SOFIE)
    client.post(f"/console/tickets/{ticket}/draft", {"mode": "reply", "words": "Dear Anneke,"})

    client.post(f"/console/tickets/{ticket}/articles/{article}/use", {"how": "words"})
    client.post(f"/console/tickets/{ticket}/articles/{article}/use", {"how": "address"})

    page = client.get(f"/console/tickets/{ticket}").content.decode()
    assert "Dear Anneke,\n\nLook at the grey cable.\n\nhttp" in page
    assert "/help/internet/the-dsl-lamp-is-dark</textarea>" in page
    record.reply(
        ticket_id=ticket, words="Dear Anneke, look at the grey cable.",
        goes_to=conversation.reply_goes_to(ticket), by=desk.by(SOFIE), at=now(),
    )  # fmt: skip
    drain()
    assert "used in 1 answer" in text_of(client.get("/console/knowledge/"))


def test_nothing_internal_is_put_into_an_answer_and_no_strangers_request_is_asked(
    desk: Desk,
) -> None:
    """Attack: an agent's browser asks for what its page does not offer."""
    internal = published("internal")
    mine = desk.asks("Anneke de Wit", "The lamp is dark")
    theirs = desk.asks("Bram Visser", "The lamp is dark", team="billing")
    client = desk.client(SOFIE)

    assert client.post(f"/console/tickets/{mine}/articles/{internal}/use").status_code == 404
    assert client.get(f"/console/tickets/{theirs}/articles").status_code == 404
    assert client.get(f"/console/tickets/{theirs}/articles/draft").status_code == 404


def test_a_solved_request_becomes_a_draft_without_its_people(desk: Desk) -> None:
    """Attack: reading a customer's name in a public article."""
    ticket = desk.asks(
        "Anneke de Wit", "Anneke's lamp is dark",
        "Hello,\nthe lamp is dark since 06:10, call +49 30 23125077.\nRegards\nAnneke de Wit",
    )  # fmt: skip
    record.reply(
        ticket_id=ticket, words="Dear Anneke,\n\nthe grey cable was loose.\n\nKind regards\nSofie",
        goes_to=conversation.reply_goes_to(ticket), by=desk.by(SOFIE), at=now(),
    )  # fmt: skip
    client = desk.client(SOFIE)

    answer = client.get(f"/console/tickets/{ticket}/articles/draft")

    sheet = answer.content.decode().partition("knowledge__sheets")[2]
    for secret in ("Anneke", "23125077", "Sofie"):
        assert secret not in sheet
    assert "the lamp is dark since 06:10" in sheet
    assert "the grey cable was loose." in sheet
    assert queries.shelf("en", at=now()) == [], "nothing is kept before somebody read it"
    article = write(client, ticket=str(ticket))
    assert [step.kind for step in queries.history(f"article:{article}")] == ["article.written"]


def test_gaps_are_topics_that_are_asked_about_and_have_nothing_to_read(desk: Desk) -> None:
    topics = {topic.key: topic.id for topic in conversation.topic_tree()}
    for subject in ("one", "two"):
        desk.asks("Anneke de Wit", subject, topic_id=topics["billing"])  # type: ignore[arg-type]
    desk.asks("Anneke de Wit", "three", topic_id=topics["internet"])  # type: ignore[arg-type]
    published(texts={**LAMP, "ru": ("Лампа", "Слова."), "it": ("Spia", "Parole.")})

    page = text_of(desk.client(SOFIE).get("/console/knowledge/gaps"))

    assert "billing 2 requests · nothing to read" in page
    assert "internet 1 request" not in page


def test_a_topic_is_added_renamed_moved_retired_and_put_back(desk: Desk) -> None:
    client = desk.client(VERA)
    client.post(
        "/console/knowledge/topics/new",
        {"name_en": "Wi-Fi", "name_ru": "Вай-фай", "parent": "internet", "hints": "wifi, wlan"},
    )
    added = queries.topic_at("internet/wi-fi")
    assert added is not None
    page = f"/console/knowledge/topics/{added.id}"

    client.post(page, {"name_en": "Radio", "parent": "billing", "active": "1"})
    moved = queries.topic_at("internet/wi-fi")
    assert moved is not None
    assert (moved.name_in("ru"), moved.depth) == ("Radio", 1)
    client.post(page, {"name_en": "Radio", "parent": "billing"})
    assert queries.topic_at("internet/wi-fi") is None
    client.post(f"{page}/past", {"version": "1"})

    back = queries.topic_at("internet/wi-fi")
    assert back is not None
    assert (back.names, back.hints) == ({"en": "Wi-Fi", "ru": "Вай-фай"}, ("wifi", "wlan"))
    history = text_of(client.get(page)).partition("Who changed what")[2]
    assert history.count("Vera Lindholm") == 4


def test_a_topic_goes_to_the_place_it_is_given(desk: Desk) -> None:
    client = desk.client(VERA)
    billing = queries.topic_at("billing")
    assert billing is not None

    client.post(
        f"/console/knowledge/topics/{billing.id}",
        {"name_en": "billing", "active": "1", "after": "internet"},
    )

    assert [one.key for one in conversation.topic_tree() if not one.parent_id] == [
        "internet", "billing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name_en": ""}, "Name the topic"),
        ({"name_en": "Billing"}, "this address already"),
    ],
)
def test_a_topic_that_cannot_be_is_refused(desk: Desk, fields: dict[str, str], words: str) -> None:
    answer = desk.client(VERA).post("/console/knowledge/topics/new", fields)

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_topic_with_branches_is_not_retired_and_none_stands_below_itself(desk: Desk) -> None:
    """Accident: half of the tree vanishes with one click."""
    internet = queries.topic_at("internet")
    assert internet is not None
    page = f"/console/knowledge/topics/{internet.id}"

    retired = desk.client(VERA).post(page, {"name_en": "internet"})
    circle = desk.client(VERA).post(
        page, {"name_en": "internet", "parent": "internet/slow", "active": "1"}
    )

    assert "Other topics stand below it" in text_of(retired)
    assert "cannot stand below itself" in text_of(circle)


def test_canned_answers_are_set_with_their_past(desk: Desk) -> None:
    client = desk.client(VERA)
    new = {"name": "/thanks", "text_en": "Dear {customer}, thank you.", "topic": "internet"}
    assert client.post("/console/knowledge/answers/new", new).status_code == 303
    (sheet,) = queries.canned_answers()
    page = f"/console/knowledge/answers/{sheet.id}"

    wrong = client.post(page, {"name": "thanks", "text_en": "Dear {custmer}", "active": "1"})
    client.post(page, {"name": "thanks", "text_en": "Thanks.", "text_it": "Grazie.", "active": "1"})

    assert "no variable {custmer}" in text_of(wrong)
    assert queries.canned_answers()[0].texts == {"en": "Thanks.", "it": "Grazie."}
    assert text_of(client.get(page)).count("The canned answer was changed") == 2
    assert "/ thanks" in text_of(client.get("/console/knowledge/answers"))


def test_who_does_not_edit_knowledge_reads_topics_and_canned_answers_only(desk: Desk) -> None:
    """Attack: the forms that are not shown, posted all the same."""
    client = desk.client(SOFIE)
    internet = queries.topic_at("internet")
    assert internet is not None
    page = f"/console/knowledge/topics/{internet.id}"

    assert client.get(page).status_code == 200
    assert client.get("/console/knowledge/answers").status_code == 200
    for address in (
        page, f"{page}/past", "/console/knowledge/topics/new", "/console/knowledge/answers/new",
    ):  # fmt: skip
        assert client.post(address, {"name_en": "Mine", "name": "mine"}).status_code == 403
    assert Client().get("/console/knowledge/").status_code == 303
