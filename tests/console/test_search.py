"""The one box: what is found, how it is shown, and who finds nothing."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from tests.console.desk import SOFIE, TIMO, VERA, Desk, a_file
from unbroken.conversation import actions as record
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.ground.writers import erase
from unbroken.search.projections import index_stale
from unbroken.search.queries import finding


def found(desk: Desk, who: str, words: str, **more: str) -> str:
    """The page of what somebody finds, without its marks."""
    page = desk.client(who).get("/console/search", {"q": words, **more})
    assert page.status_code == 200
    text = page.content.decode()
    return html.unescape(text[text.index("<main") : text.index("</main>")])


def indexed() -> None:
    """The letters are read, and what they put aside is indexed."""
    drain()
    while index_stale():
        pass


def numbers(page: str) -> list[int]:
    """The tickets found, in their order."""
    return [int(number) for number in re.findall(r'id="hit-(\d+)"', page)]


def test_words_are_found_in_any_form_and_marked_in_their_sentence(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "Lamp", "Since monday. The lamps went out twice. Thanks!")
    intern = desk.asks("Bram Visser", "Пропал интернет", "Роутер зависает вечерами", language="ru")
    line = desk.asks("Bram Visser", "La linea cade", "Le fatture dell'utente", language="it")
    indexed()

    page = found(desk, SOFIE, "thank LAMPS")
    assert numbers(page) == [lamp]
    page = found(desk, SOFIE, "lamp")
    assert "The <mark>lamps</mark> went out twice." in page
    assert "<mark>Lamp</mark></a>" in page
    assert numbers(found(desk, SOFIE, "роутеров вечером")) == [intern]
    assert numbers(found(desk, SOFIE, "fattura UTENTI")) == [line]


def test_the_subject_counts_more_than_the_text_and_open_more_than_ended(desk: Desk) -> None:
    inside = desk.asks("Anneke de Wit", "Something", "The satellite is slow", at=None)
    ended = desk.asks("Anneke de Wit", "Satellite")
    subject = desk.asks("Anneke de Wit", "Satellite")
    record.resolve_ticket(ticket_id=ended, by=desk.by(SOFIE), at=now())
    desk.asks("Anneke de Wit", "Nothing of it")
    indexed()

    assert numbers(found(desk, SOFIE, "satellite")) == [subject, ended, inside]


def test_what_is_said_later_is_found_and_what_is_withdrawn_is_not(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "Lamp")
    indexed()
    desk.writes("Anneke de Wit", ticket, "My dog ate the splitter.")
    indexed()

    assert numbers(found(desk, SOFIE, "splitter lamp")) == [ticket]


def test_numbers_telephones_circuits_and_addresses_are_found(desk: Desk) -> None:
    customer = desk.customers["Bram Visser"]
    directory.register_contact(
        name="Bram at home", phone="+393401234567", customer_id=customer, by=HOUSE, at=now()
    )
    product = directory.register_product(key="dsl", name="DSL 50", by=HOUSE, at=now())
    line = directory.register_service(
        key="S-77", customer_id=customer, product_id=product, circuit="NC-00123/A",
        ip="10.120.14.250", by=HOUSE, at=now(),
    )  # fmt: skip
    other = desk.asks("Anneke de Wit", "Call me", "Ring +39 (340) 123-45-67, circuit NC-00123/A")
    ticket = desk.asks("Bram Visser", "Mine")
    indexed()

    assert numbers(found(desk, SOFIE, f"#{ticket}")) == [ticket]
    for words in ("3401234567", "0039 340 123 45 67"):
        assert f'q=customer%3A{customer}"' in found(desk, SOFIE, words), words
    for words in ("nc00123a", "NC-0012*", "10.120.14.250"):
        assert f'href="/console/lines/{line}"' in found(desk, SOFIE, words), words
    assert numbers(found(desk, SOFIE, "340/1234567")) == [other]
    assert numbers(found(desk, SOFIE, "NC-00123/A")) == [other]
    assert numbers(found(desk, SOFIE, f"customer:{customer}")) == [ticket]
    assert numbers(found(desk, SOFIE, "customer:visser")) == [ticket]
    assert numbers(found(desk, SOFIE, "customer:vissr state:open")) == [ticket]


def test_keys_narrow_the_search_and_unknown_ones_are_told(desk: Desk) -> None:
    lamp = desk.asks(
        "Anneke de Wit", "Lamp", "dark", files=(a_file("plan.txt", b"x", "text/plain"),)
    )
    routers = desk.asks("Bram Visser", "Lamp", "bright", team="routers")
    indexed()

    assert numbers(found(desk, TIMO, "queue:routers lamp")) == [routers]
    assert numbers(found(desk, TIMO, "from:anneke lamp")) == [lamp]
    assert numbers(found(desk, TIMO, "lamp has:attachment")) == [lamp]
    assert numbers(found(desk, TIMO, "plan.txt")) == [lamp]
    assert numbers(found(desk, TIMO, "lamp -dark")) == [routers]
    assert numbers(found(desk, TIMO, "lamp state:ended")) == []
    assert sorted(numbers(found(desk, TIMO, "dark OR bright"))) == sorted([lamp, routers])
    assert numbers(found(desk, TIMO, "lamp before:2020")) == []
    assert len(numbers(found(desk, TIMO, "lamp after:2020"))) == 2
    page = found(desk, TIMO, "lamp colour:red queue:nobody")
    assert "“colour:red”" in page
    assert "“queue:nobody”" in page


def test_a_slip_is_forgiven_once_several_customers_wrote_the_word(desk: Desk) -> None:
    tickets = []
    for name in ("Carla Rossi", "Dora Neri", "Ezio Blu"):
        desk.known(name, f"{name.split()[0].lower()}@home.example")
        tickets.append(desk.asks(name, "Интернет пропал", "The splitter broke", language="ru"))
    indexed()

    assert sorted(numbers(page := found(desk, SOFIE, "интренет"))) == tickets
    assert "“интренет”" in page
    assert "“интернет”" in page
    assert sorted(numbers(found(desk, SOFIE, "bynthytn"))) == tickets
    assert sorted(numbers(found(desk, SOFIE, "spliter"))) == tickets
    assert numbers(found(desk, SOFIE, "spliter", exact="")) == []


def test_who_may_not_see_the_queue_finds_nothing_of_it(desk: Desk) -> None:
    """Attack: guessing what stands in requests of another queue by what a search returns."""
    ticket = desk.asks("Anneke de Wit", "Quokka", "The quokka bites.", team="billing")
    indexed()

    for words in ("quokka", f"{ticket}", "anneke", "customer:anneke", "queue:billing", "from:wit"):
        page = found(desk, SOFIE, words)
        assert numbers(page) == []
        assert "Anneke" not in page.replace(words, "")
        assert "quokka" not in page.lower().replace("“quokka”", "").replace(f": {words}<", "<")
    assert numbers(found(desk, VERA, "quokka")) == [ticket]
    record.assign_ticket(
        ticket_id=ticket, team_id=desk.teams["billing"], agent_id=desk.agents[SOFIE],
        by=desk.by(VERA), at=now(),
    )  # fmt: skip
    indexed()
    assert numbers(found(desk, SOFIE, "quokka")) == [ticket]


def test_who_is_forgotten_is_found_no_more_but_what_we_said_is(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "Quokka", "The quokka bites.")
    record.note_ticket(ticket_id=ticket, words="Sent a gardener.", by=desk.by(SOFIE), at=now())
    indexed()

    erase(Actor.contact(desk.contacts["Anneke de Wit"]), "asked", at=now(), by=HOUSE)
    for words in ("quokka", "gardener", "anneke", "anneke@home.example"):
        assert numbers(found(desk, VERA, words)) == []
    indexed()

    assert numbers(found(desk, VERA, "gardener")) == [ticket]
    assert numbers(found(desk, VERA, "quokka")) == []
    assert "Anneke" not in found(desk, VERA, "anneke").replace("“anneke”", "")


def test_hostile_words_are_only_words(desk: Desk) -> None:
    """Attacks: SQL, the query language of the text search, markup, formats, endless input."""
    desk.asks("Anneke de Wit", "Lamp <b>", "x'); DROP TABLE message;-- %s %(me)s")
    indexed()

    for words in (
        "'); DROP TABLE", "a & !b | (", "<-> :*", "%s %(me)s", "\\", "<script>", "x:*", "a" * 5000,
        "* - OR OR \"", "lamp after:0000", "customer:99999999999999999999", "#99999999999999999",
        "-lamp", "OR lamp", "the", "12345678901234567890123",
    ):  # fmt: skip
        assert "<script>" not in found(desk, SOFIE, words).replace("&lt;", "")[:0] + ""
    for place in ("x", "1~nan~2", "-1~1~1", "9~inf~0", "5~0.1~7"):
        found(desk, SOFIE, "lamp", after=place)
    raw = desk.client(SOFIE).get("/console/search", {"q": "<script>alert(1)</script> lamp"})
    assert b"<script>alert" not in raw.content


def test_pages_go_on_where_the_last_one_ended(desk: Desk) -> None:
    tickets = [desk.asks("Anneke de Wit", "Lamp", at=now()) for _ in range(27)]
    indexed()

    first = found(desk, SOFIE, "lamp")
    onward = re.search(r'href="[^"]*after=([^"]+)" rel="next"', first)
    assert onward
    second = found(desk, SOFIE, "lamp", after=unquote(onward[1]))
    assert len(numbers(first)) == 25
    assert sorted(numbers(first) + numbers(second)) == sorted(tickets)
    assert 'rel="next"' not in second


def test_newer_ones_that_only_nearly_fit_do_not_hide_the_older_that_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred of June hid all of May from `before:…-06-02`; ended ones hid those resolved."""
    monkeypatch.setattr(finding, "GATHERED_MAX", 2)
    of_may = desk.asks("Anneke de Wit", "Lamp", at=datetime(2026, 5, 30, 9, tzinfo=UTC))
    last = datetime(2026, 6, 20, 9, tzinfo=UTC)
    for hours in range(3):
        desk.asks("Anneke de Wit", "Lamp", at=last + timedelta(hours=hours))
    record.resolve_ticket(ticket_id=of_may, by=desk.by(SOFIE), at=last)
    indexed()

    assert numbers(found(desk, SOFIE, "lamp before:2026-06")) == [of_may]
    assert numbers(found(desk, SOFIE, "lamp before:2026-06-02")) == [of_may]
    assert numbers(found(desk, SOFIE, "lamp state:resolved")) == [of_may]
    assert len(numbers(found(desk, SOFIE, "lamp after:2026-06-02"))) == 2
