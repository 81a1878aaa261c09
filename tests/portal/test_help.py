"""The public pages of what is known: addresses, languages, what may be kept, what readers say."""

import pytest

from tests.knowledge.shelf import MONDAY, SOFIE, plant_tree, written
from tests.portal.people import browser, question, text_of
from unbroken.conversation.actions import set_topic
from unbroken.ground.clock import now
from unbroken.knowledge import actions, queries

pytestmark = pytest.mark.django_db

HERE = {"referer": "http://testserver/help"}

LAMPS = {
    "en": ("The DSL lamp is dark", "Look at the **grey** cable."),
    "ru": ("Гаснет лампочка DSL", "Проверьте серый кабель."),
}
LAMP = "/help/internet/the-dsl-lamp-is-dark"


@pytest.fixture(autouse=True)
def the_tree() -> None:
    plant_tree()


def test_an_article_has_an_address_in_plain_words_and_reads_in_the_readers_language() -> None:
    written(texts=LAMPS)

    english, russian = browser().get(LAMP), browser().get(LAMP, headers={"accept-language": "ru"})

    assert "<strong>grey</strong>" in english.content.decode()
    assert "Гаснет лампочка DSL" in text_of(russian)
    assert russian.headers["Content-Language"] == "ru"
    assert "Гаснет лампочка" in text_of(browser().get(f"{LAMP}?in=ru"))


def test_what_is_not_written_in_a_language_is_given_in_the_next_best_and_says_so() -> None:
    written(texts=LAMPS)

    page = browser().get(f"{LAMP}?in=it").content.decode()

    assert 'lang="en"' in page
    assert "Look at the" in page
    assert 'hreflang="ru"' in page
    assert 'hreflang="it" href' not in page, "an address in Italian would promise Italian"


def test_its_page_tells_search_engines_what_it_is() -> None:
    written(texts=LAMPS)

    page = browser().get(f"{LAMP}?in=ru").content.decode()

    assert '<meta name="robots" content="index, follow">' in page
    assert 'content="noindex"' not in page
    assert '<meta name="description" content="Проверьте серый кабель.">' in page
    assert f'{LAMP}?in=ru">' in page


def test_anybody_on_the_way_may_keep_a_copy_since_it_says_nothing_of_its_reader() -> None:
    """Attack: a shared cache hands one reader's page to the next."""
    written(texts=LAMPS)

    answer = browser().get(LAMP)

    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies
    again = browser().get(LAMP, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_to_somebody_who_signed_in_nothing_is_kept_on_the_way() -> None:
    written(texts=LAMPS)
    client = browser()
    client.post("/ask", question(topic="internet"))

    assert client.get(LAMP).headers["Cache-Control"] == "private, no-cache"


def test_an_address_lives_on_when_its_topic_is_moved_or_it_is_named_by_number() -> None:
    article = written("internet/slow", texts=LAMPS)
    written("billing", texts=LAMPS, article_id=article)

    assert browser().get("/help/internet/slow/the-dsl-lamp-is-dark?in=ru").headers["Location"] == (
        "/help/billing/the-dsl-lamp-is-dark?in=ru"
    )
    assert browser().get(f"/articles/{article}").headers["Location"] == (
        "/help/billing/the-dsl-lamp-is-dark"
    )


@pytest.mark.parametrize(
    "place",
    [
        "", "nothing", "internet/nothing", "billing", "internet/" + "9" * 40, "a" * 3000,
        "internet/%00", "..%2f..%2fetc", "internet/the-dsl-lamp-is-dark/x",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_says_so(place: str) -> None:
    """Attack: odd addresses."""
    written(texts=LAMPS)

    assert browser().get(f"/help/{place}").status_code == 404


def test_nothing_internal_outdated_or_unpublished_has_a_page() -> None:
    """Attack: guessing the addresses of what is written for agents."""
    for audience, published, until in (
        ("internal", True, None), ("public", False, None), ("public", True, MONDAY),
    ):  # fmt: skip
        written(
            texts={"en": (f"Secret {audience} {published} {until}", "Words.")},
            audience=audience, published=published, valid_until=until,
        )  # fmt: skip

    slugs = [row.slug for row in queries.shelf("en", at=now())]
    assert {browser().get(f"/help/internet/{slug}").status_code for slug in slugs if slug} == {404}
    assert "Secret" not in text_of(browser().get("/help"))
    assert "Secret" not in text_of(browser().get("/help?q=secret"))


def test_the_list_is_the_tree_and_words_find_in_it() -> None:
    written(texts=LAMPS)
    written("billing", texts={"en": ("Your bill", "What stands on it.")})

    everything = text_of(browser().get("/help"))
    assert everything.index("billing") < everything.index("internet")
    assert "Your bill" not in text_of(browser().get("/help/internet"))
    assert "The DSL lamp is dark" in text_of(browser().get("/help?q=my+lamps+are+dark"))
    assert "Nothing written fits" in text_of(browser().get("/help?q=%26%27%29"))


def test_what_a_reader_says_is_counted_and_why_it_did_not_help_is_asked() -> None:
    article = written(texts=LAMPS)
    client = browser()

    asked = client.post(f"/help/feedback/{article}", {"helped": "no"}, headers=HERE)
    client.post(
        f"/help/feedback/{article}", {"helped": "no", "words": "Which cable?"}, headers=HERE
    )

    assert "What did you look for" in text_of(asked)
    row = queries.shelved(article, "en", at=now())
    assert row is not None
    assert (row.helped, row.voted) == (0, 1)
    assert [vote.words for vote in queries.votes_of(article)] == ["Which cable?"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "https://elsewhere.example/help"},
        {},
    ],
)
def test_another_site_does_not_vote_with_its_readers_browsers(headers: dict[str, str]) -> None:
    """Attack: a form elsewhere that sends itself, also from a browser that says nothing."""
    article = written(texts=LAMPS)

    answer = browser().post(f"/help/feedback/{article}", {"helped": "no"}, headers=headers)

    assert answer.status_code == 403
    row = queries.shelved(article, "en", at=now())
    assert row is not None
    assert row.voted == 0


def test_nobody_votes_on_what_they_may_not_read() -> None:
    """Attack: learning by a vote which articles there are."""
    internal = written(texts=LAMPS, audience="internal")

    assert (
        browser().post(f"/help/feedback/{internal}", {"helped": "yes"}, headers=HERE).status_code
        == 404
    )
    assert (
        browser().post(f"/help/feedback/{10**30}", {"helped": "yes"}, headers=HERE).status_code
        == 404
    )


def test_while_one_writes_what_may_answer_comes_beside_the_form() -> None:
    written(texts=LAMPS)
    written(audience="internal", texts={"en": ("Lamp codes", "The dark lamp, for agents.")})

    part = browser().post(
        "/help/suggestions", {"words": "since today the lamp is dark"},
        headers={"hx-request": "true"},
    )  # fmt: skip

    assert "The DSL lamp is dark" in text_of(part)
    assert "Lamp codes" not in text_of(part)
    assert "<html" not in part.content.decode()
    assert "lamp" not in text_of(browser().post("/help/suggestions", {"words": "la"})).lower()


def test_the_page_that_thanks_offers_it_again_and_the_number_came_first() -> None:
    written(texts=LAMPS)
    client = browser()

    answer = client.post("/ask", question(words="The lamp is dark since today.", topic="internet"))
    page = text_of(client.get(answer.headers["Location"]))

    assert page.index("Your number") < page.index("The DSL lamp is dark")


def test_a_topic_that_is_retired_keeps_the_addresses_of_its_articles() -> None:
    written("internet/slow", texts=LAMPS)
    set_topic(
        key="internet/slow", names={"en": "Slow"}, parent_key="internet", active=False,
        by=SOFIE, at=MONDAY,
    )  # fmt: skip

    assert browser().get("/help/internet/slow/the-dsl-lamp-is-dark").status_code == 200
    assert browser().get("/help/internet/slow").status_code == 404


def test_what_was_taken_down_is_gone() -> None:
    article = written(texts=LAMPS)
    actions.retire_article(article_id=article, by=SOFIE, at=MONDAY)

    assert browser().get(LAMP).status_code == 404


def test_search_engines_are_told_of_public_articles_and_of_nothing_else() -> None:
    public = queries.article(written(texts=LAMPS), "en", public_only=True, at=now())
    assert public is not None
    written(texts=LAMPS, audience="internal")

    told = browser().get("/sitemap.xml").content.decode()
    robots = browser().get("/robots.txt").content.decode()

    assert told.count("<loc>") == 2
    assert f"/help/{public.place}</loc>" in told
    assert "Disallow: /\n" in robots
    assert "/sitemap.xml" in robots
