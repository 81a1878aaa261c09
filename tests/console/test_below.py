"""Answering a request above others: who below it is told, and in which words."""

from tests.console.desk import SOFIE, TIMO, Desk
from tests.console.test_deeds import of, write
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models_working import Draft
from unbroken.conversation.queries import messages_of
from unbroken.ground.clock import now
from unbroken.ground.postman import drain


def above(desk: Desk) -> tuple[TicketId, TicketId, TicketId]:
    """Anneke's request above Bram's, and above that of Chiara, who reads Italian."""
    desk.known("Chiara Bianchi", "chiara@home.example", language="it")
    top, bram = desk.asks("Anneke de Wit", "cable"), desk.asks("Bram Visser", "till")
    chiara = desk.asks("Chiara Bianchi", "linea", language="it")
    for child in (bram, chiara):
        record.relate_ticket(
            ticket_id=child, other_id=top, relation="parent", by=desk.by(SOFIE), at=now()
        )
    return top, bram, chiara


def form(page: str, *, without: int = 0) -> dict[str, object]:
    """What the composer's form would send of those below."""
    seen = page.partition('name="below" value="')[2].partition('"')[0]
    ticked = [part.partition('"')[0] for part in page.split('name="child" value="')[1:]]
    return {"below": seen, "child": [one for one in ticked if one != str(without)]}


def told(ticket: int) -> list[str | None]:
    """What was answered on it."""
    return [
        one.words for one in messages_of(ticket) if (one.direction, one.kind) == ("out", "message")
    ]


def test_each_below_is_told_in_its_customers_language_and_its_own_name(desk: Desk) -> None:
    top, bram, chiara = above(desk)
    page = desk.client(SOFIE).get(f"/console/tickets/{top}").content.decode()
    assert 'name="words_it"' in page

    said = form(page) | {"words_it": "Ciao {customer}, {number}: riparato."}
    assert write(desk, top, "Repaired.", **said).status_code == 200  # type: ignore[attr-defined]
    drain()

    assert told(top) == told(bram) == ["Repaired."]
    assert told(chiara) == [f"Ciao Chiara Bianchi, {chiara}: riparato."]
    page = desk.client(TIMO).get(f"/console/tickets/{top}").content.decode()
    assert "Ciao {customer}" in page


def test_a_gap_that_nothing_fills_is_never_sent(desk: Desk) -> None:
    top, *_below = above(desk)
    said = {"below": "", "words_it": "Entro {promise}."}

    answer = write(desk, top, "Soon.", **said)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "{promise} cannot be filled in" in answer.content.decode()  # type: ignore[attr-defined]
    assert told(top) == []


def test_news_below_stop_the_answer_once_and_leave_that_one_out(desk: Desk) -> None:
    """The accident: what solved the rest is told to somebody who just wrote that it did not."""
    top, bram, chiara = above(desk)
    said = form(desk.client(SOFIE).get(f"/console/tickets/{top}").content.decode())
    desk.writes("Bram Visser", bram, "Mine is another cable!")

    stopped = write(desk, top, "Repaired.", words_it="Riparato.", then="resolve", **said)
    page = stopped.content.decode()  # type: ignore[attr-defined]
    assert stopped.status_code == 422  # type: ignore[attr-defined]
    assert "Mine is another cable!" in page
    assert ">Riparato.</textarea>" in page
    again = form(page, without=bram)
    assert f'value="{bram}" checked' not in page
    write(desk, top, "Repaired.", words_it="Riparato.", then="resolve", **again)
    drain()

    assert (told(bram), told(chiara)) == ([], ["Riparato."])
    assert [of(one).status for one in (top, bram, chiara)] == [
        "resolved",
        "acknowledged",
        "resolved",
    ]
    record.close_ticket(ticket_id=top, by=desk.by(SOFIE), at=now())
    drain()
    assert of(bram).status == "acknowledged", "left out is not closed along with it days later"


def test_words_begun_for_those_below_are_kept_and_come_back_with_undo(desk: Desk) -> None:
    top, *_below = above(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{top}"
    client.post(f"{address}/draft", {"mode": "reply", "words": "Rep", "words_it": "Ripa"})
    page = client.get(address).content.decode()
    assert ">Ripa</textarea>" in page

    write(desk, top, "Repaired.", words_it="Riparato.", **form(page))
    assert not Draft.objects.exists()
    (message,) = [
        one for one in messages_of(top) if (one.direction, one.kind) == ("out", "message")
    ]
    client.post(f"{address}/messages/{message.id}/withdrawal")

    assert ">Riparato.</textarea>" in client.get(address).content.decode()
