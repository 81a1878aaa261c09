"""The palette: a few of each kind while one types, and nothing that one may not see."""

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.console.anywhere.palette import growing
from unbroken.conversation import actions as record
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.knowledge import actions as knowledge
from unbroken.search.projections import index_stale

HTMX = {"HX-Request": "true"}


def offered(desk: Desk, who: str, words: str) -> str:
    """What the palette offers for these letters."""
    page = desk.client(who).get("/console/palette", {"q": words}, headers=HTMX)
    assert page.status_code == 200
    return page.content.decode()


def test_begun_words_telephones_circuits_and_articles_are_offered(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "The satellite is slow")
    at = now()
    directory.add_address(
        contact_id=desk.contacts["Bram Visser"], kind="phone", address="+39 340 1234567",
        by=HOUSE, at=at,
    )  # fmt: skip
    desk.asks("Bram Visser", "The till")
    product = directory.register_product(key="dsl", name="DSL", technology="vdsl", by=HOUSE, at=at)
    directory.register_service(
        key="S-1", customer_id=desk.customers["Bram Visser"], product_id=product,
        circuit="NC-00123/A", by=HOUSE, at=at,
    )  # fmt: skip
    record.set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=at)
    article = knowledge.write_article(
        topic_key="internet", texts={"en": ("Satellite dishes", "Clear the snow.")},
        audience="internal", by=HOUSE, at=at,
    )  # fmt: skip
    knowledge.publish_article(article_id=article, by=HOUSE, at=at)
    drain()
    while index_stale():
        pass

    found = offered(desk, SOFIE, "satelli")
    assert f'id="palette-ticket-{ticket}"' in found
    assert "Satellite dishes" in found
    assert "Bram Visser" in offered(desk, SOFIE, "(340) 123-45-67")
    assert "NC-00123/A" in offered(desk, SOFIE, "nc-0012")
    assert f"/console/tickets/{ticket}" in offered(desk, SOFIE, f"#{ticket}")
    page = desk.client(SOFIE).get("/console/search", {"q": "satellite"}).content.decode()
    assert "Satellite dishes" in page


def test_what_one_may_not_see_is_not_offered_by_number_word_or_name(desk: Desk) -> None:
    hidden = desk.asks("Anneke de Wit", "Secret satellite", team="routers")
    drain()
    while index_stale():
        pass

    assert f"/tickets/{hidden}" in offered(desk, TIMO, "satellite")
    for words in ("satellite", str(hidden), "Anneke", "anneke@home.example"):
        found = offered(desk, SOFIE, words)
        assert f"/tickets/{hidden}" not in found
        assert "Secret" not in found
        assert "palette-thing" not in found


def test_without_a_script_the_palette_is_the_page_of_the_search(desk: Desk) -> None:
    answer = desk.client(SOFIE).get("/console/palette", {"q": "a lamp"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/console/search?q=a+lamp"


def test_the_last_word_may_be_only_begun() -> None:
    assert growing("dark lam") == "dark lam OR lam*"
    assert growing("NC-001") == "NC-001"
    assert growing("lamp OR") == "lamp OR"
