"""What an agent does to a ticket: each deed, and what is said when it cannot be done."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from unbroken.conversation import actions as record
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Delivery, TroubleTicket
from unbroken.conversation.queries import links_of, messages_of, ticket_facts
from unbroken.ground.change import Refused
from unbroken.ground.clock import now

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lamp(desk: Desk) -> TicketId:
    return desk.asks("Anneke de Wit", "lamp")


def of(ticket: TicketId) -> TroubleTicket:
    """The ticket as it is now."""
    return TroubleTicket.objects.get(pk=ticket)


@pytest.mark.parametrize(
    ("before", "to", "after"),
    [
        ([], "start", "inProgress"),
        ([], "ask", "pending"),
        ([], "hold", "held"),
        (["hold"], "resume", "inProgress"),
        ([], "resolve", "resolved"),
        (["resolve"], "reopen", "inProgress"),
        (["resolve"], "close", "closed"),
        ([], "cancel", "cancelled"),
        ([], "reject", "rejected"),
    ],
)
def test_a_ticket_goes_into_another_state(
    desk: Desk, lamp: TicketId, before: list[str], to: str, after: str
) -> None:
    client = desk.client(SOFIE)

    for step in (*before, to):
        answer = client.post(
            f"/console/tickets/{lamp}/state", {"to": step, "waiting_for": "partner"}
        )
        assert answer.status_code == 303, answer.content

    assert of(lamp).status == after


def test_on_hold_until_means_the_clock_on_the_agents_wall(desk: Desk, lamp: TicketId) -> None:
    desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/state",
        {"to": "hold", "waiting_for": "date", "until": "2030-07-01T09:30"},
    )

    assert of(lamp).pending_until == datetime(2030, 7, 1, 7, 30, tzinfo=UTC)


def test_what_cannot_be_done_is_said_and_nothing_changes(desk: Desk, lamp: TicketId) -> None:
    answer = desk.client(SOFIE).post(f"/console/tickets/{lamp}/state", {"to": "hold"}, headers=HTMX)

    assert answer.status_code == 422
    assert "Say what we are waiting for" in answer.content.decode()
    assert of(lamp).status == "acknowledged"


def test_htmx_gets_the_parts_that_changed(desk: Desk, lamp: TicketId) -> None:
    answer = desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/state", {"to": "start"}, headers=HTMX
    )
    parts = answer.content.decode()

    assert "<html" not in parts
    assert parts.index('id="facts"') < parts.index('id="story"')
    assert re.search(r'id="story"[^>]*hx-swap-oob="true"', parts)
    assert "Started." in parts


def test_a_ticket_is_given_to_me_to_a_colleague_and_to_a_team(desk: Desk, lamp: TicketId) -> None:
    client = desk.client(SOFIE)
    address = f"/console/tickets/{lamp}/assignment"

    client.post(address, {"agent": desk.agents[SOFIE]})
    assert of(lamp).assignee_id == desk.agents[SOFIE]
    client.post(address, {"team": desk.teams["first-line"], "agent": desk.agents[TIMO]})
    assert of(lamp).assignee_id == desk.agents[TIMO]
    answer = client.post(address, {"team": desk.teams["routers"], "agent": ""})
    assert (of(lamp).team_id, of(lamp).assignee_id) == (desk.teams["routers"], None)
    assert answer.status_code == 303


def test_giving_it_away_leads_back_to_the_list_when_i_may_not_see_it_any_more(
    desk: Desk, lamp: TicketId
) -> None:
    client = desk.client(SOFIE)

    plain = client.post(
        f"/console/tickets/{lamp}/assignment", {"team": desk.teams["routers"]}, follow=True
    )

    assert plain.status_code == 200
    assert plain.redirect_chain[-1][0] == "/console/"
    assert "Given on." in plain.content.decode()


def test_impact_and_urgency_give_the_priority(desk: Desk, lamp: TicketId) -> None:
    desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/classification",
        {"name": "DSL lamp", "type": "incident", "impact": "high", "urgency": "high"},
    )

    ticket = of(lamp)
    assert (ticket.name, ticket.ticket_type, ticket.priority) == (
        "DSL lamp",
        "incident",
        "critical",
    )


def test_tags_are_added_and_taken_off(desk: Desk, lamp: TicketId) -> None:
    client = desk.client(SOFIE)

    client.post(f"/console/tickets/{lamp}/tags", {"add": "Cable-44, lindenhof"})
    client.post(f"/console/tickets/{lamp}/tags", {"remove": "lindenhof"})

    assert of(lamp).tags == ["cable-44"]


def test_tickets_are_linked_and_the_link_ends(desk: Desk, lamp: TicketId) -> None:
    other = desk.asks("Bram Visser", "cable")
    client = desk.client(SOFIE)

    client.post(f"/console/tickets/{lamp}/links", {"other": f"#{other}", "relation": "parent"})
    assert [(link.other, link.relation) for link in links_of(lamp)] == [(other, "parent")]
    client.post(f"/console/tickets/{lamp}/links/end", {"other": other, "relation": "parent"})
    assert links_of(lamp) == []


def test_a_ticket_i_may_not_see_cannot_be_linked_or_merged_into(desk: Desk, lamp: TicketId) -> None:
    """The attack: learning by linking whether a number exists."""
    hidden = desk.asks("Anneke de Wit", "for routers", team="routers")
    client = desk.client(SOFIE)

    for number in (hidden, 999_999_999):
        link = client.post(
            f"/console/tickets/{lamp}/links", {"other": number, "relation": "related"}
        )
        merge = client.post(f"/console/tickets/{lamp}/merge", {"into": number})
        for answer in (link, merge):
            assert answer.status_code == 422
            assert f"There is no request {number}" in answer.content.decode()


def test_merging_leads_to_the_one_that_lives_on(desk: Desk, lamp: TicketId) -> None:
    other = desk.asks("Anneke de Wit", "lamp again")

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{other}/merge", {"other": lamp}, headers=HTMX
    )

    assert answer["HX-Redirect"] == f"/console/tickets/{lamp}"
    assert of(other).merged_into_id == lamp


def test_a_message_becomes_a_request_of_its_own(desk: Desk, lamp: TicketId) -> None:
    said = desk.writes("Anneke de Wit", lamp, "and the bill is wrong")

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/messages/{said}/split", {"name": "Bill"}
    )

    new = TicketId(int(answer["Location"].rpartition("/")[2]))
    assert of(new).name == "Bill"
    assert messages_of(new)[0].words == "and the bill is wrong"


def test_what_was_chosen_is_split_off_and_nobody_is_misquoted(desk: Desk, lamp: TicketId) -> None:
    """The accident: words that the customer never said stand in the new request as theirs."""
    words = "It works now, thanks.\n\nBut the bill for May\nis wrong: 20 € too much."
    said, client = desk.writes("Anneke de Wit", lamp, words), desk.client(SOFIE)
    address, start = f"/console/tickets/{lamp}/messages/{said}/split", words.index("But")

    page = client.get(address, {"start": start, "letters": len(words) - start}).content.decode()
    assert 'value="But the bill for May"' in page
    assert "works now" not in page
    bent = client.post(address, {"name": "Bill", "words": "But the bill for May\nis right"})
    assert bent.status_code == 422
    kept = "But the bill for May\r\n20 € too much."
    answer = client.post(address, {"name": "Bill", "words": kept})

    new = TicketId(int(answer["Location"].rpartition("/")[2]))
    assert messages_of(new)[0].words == kept
    assert messages_of(lamp)[-1].words == words


# ── writing ───────────────────────────────────────────────────────────────────


def write(desk: Desk, ticket: TicketId, words: str, who: str = SOFIE, **more: object) -> object:
    """An answer, unless it says otherwise."""
    said = {"mode": "reply", "words": words, "then": "", **more}
    return desk.client(who).post(f"/console/tickets/{ticket}/messages", said, headers=HTMX)


def test_an_answer_begins_the_work_and_puts_it_in_my_hands(desk: Desk, lamp: TicketId) -> None:
    answer = write(desk, lamp, "We are looking.")

    ticket, delivery = of(lamp), Delivery.objects.get(ticket_id=lamp)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert (ticket.status, ticket.assignee_id) == ("inProgress", desk.agents[SOFIE])
    assert delivery.state == "waiting"
    assert delivery.to == [["Anneke de Wit", "anneke@home.example"]]
    assert delivery.not_before > now()


def test_a_note_goes_to_nobody_outside(desk: Desk, lamp: TicketId) -> None:
    write(desk, lamp, "grumpy today", mode="note", then="resolve")

    assert messages_of(lamp)[-1].audience == "agents"
    assert Delivery.objects.filter(ticket_id=lamp).count() == 0
    assert of(lamp).status == "acknowledged"


@pytest.mark.parametrize(("then", "status"), [("ask", "pending"), ("resolve", "resolved")])
def test_an_answer_may_wait_or_resolve_and_undoing_it_undoes_both(
    desk: Desk, lamp: TicketId, then: str, status: str
) -> None:
    write(desk, lamp, "Is it lit now?", then=then)
    assert of(lamp).status == status

    message = messages_of(lamp)[-1]
    answer = desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/messages/{message.id}/withdrawal?then={then}", headers=HTMX
    )

    assert "Is it lit now?" in answer.content.decode()
    assert of(lamp).status == "inProgress"
    assert Delivery.objects.get(ticket_id=lamp).state == "cancelled"


def test_after_ten_seconds_it_is_too_late_to_undo(desk: Desk, lamp: TicketId) -> None:
    from unbroken.conversation.queries import reply_goes_to

    message, _delivery = record.reply(
        ticket_id=lamp, words="gone", goes_to=reply_goes_to(lamp), by=desk.by(SOFIE),
        at=ago(minutes=1),
    )  # fmt: skip

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/messages/{message}/withdrawal", headers=HTMX
    )

    assert answer.status_code == 422
    assert "Too late to take it back" in answer.content.decode()


def test_sending_stops_when_somebody_wrote_meanwhile_and_keeps_the_words(
    desk: Desk, lamp: TicketId
) -> None:
    """The accident: two answers that do not know of each other."""
    seen = of(lamp).version
    write(desk, lamp, "First answer", who=TIMO)

    stopped = write(desk, lamp, "Second answer", seen=seen)
    text = stopped.content.decode()  # type: ignore[attr-defined]

    assert stopped.status_code == 422  # type: ignore[attr-defined]
    assert "Timo Brandt wrote while you were writing" in text
    assert "First answer" in text[text.index("composer__news") :]
    assert "Second answer" in text
    assert [m.words for m in messages_of(lamp)][-1] == "First answer"
    again = re.search(r'name="seen" value="(\d+)"', text)
    assert again is not None
    write(desk, lamp, "Second answer", seen=again[1])
    assert [m.words for m in messages_of(lamp)][-1] == "Second answer"


def test_what_was_stopped_can_be_discarded(desk: Desk, lamp: TicketId) -> None:
    client = desk.client(SOFIE)
    client.post(f"/console/tickets/{lamp}/draft", {"mode": "reply", "words": "Second answer"})

    client.post(
        f"/console/tickets/{lamp}/draft",
        {"mode": "reply", "words": "Second answer", "discard": "1"},
    )

    page = client.get(f"/console/tickets/{lamp}").content.decode()
    assert "Second answer" not in page
    assert "Your words were discarded." in page


def test_only_who_sent_it_sees_how_long_it_can_be_taken_back(desk: Desk, lamp: TicketId) -> None:
    write(desk, lamp, "We are looking.")

    mine = desk.client(SOFIE).get(f"/console/tickets/{lamp}").content.decode()
    theirs = desk.client(TIMO).get(f"/console/tickets/{lamp}").content.decode()

    assert "Take it back" in mine
    assert "Take it back" not in theirs


def test_nothing_is_not_sent(desk: Desk, lamp: TicketId) -> None:
    answer = write(desk, lamp, "   ")

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "There is nothing to send" in answer.content.decode()  # type: ignore[attr-defined]
    assert len(messages_of(lamp)) == 1


def test_a_file_is_sent_along_under_a_harmless_name(desk: Desk, lamp: TicketId) -> None:
    """The attack: a path in the name of a file."""
    file = SimpleUploadedFile("..\\..\\etc/passwd.txt", b"how to", content_type="text/plain")

    write(desk, lamp, "See the file.", files=[file])

    (sent,) = messages_of(lamp)[-1].attachments
    assert (sent.name, sent.size) == ("passwd.txt", 6)
    fetched = desk.client(SOFIE).get(f"/console/tickets/{lamp}/files/{sent.id}")
    assert fetched.content == b"how to"


def test_a_draft_is_kept_on_the_server_until_it_is_sent(desk: Desk, lamp: TicketId) -> None:
    client = desk.client(SOFIE)
    client.post(f"/console/tickets/{lamp}/draft", {"mode": "reply", "words": "half a sent"})

    assert "half a sent" in client.get(f"/console/tickets/{lamp}").content.decode()
    assert "half a sent" not in desk.client(TIMO).get(f"/console/tickets/{lamp}").content.decode()
    write(desk, lamp, "half a sentence")
    left = record_state.draft(agent_id=desk.agents[SOFIE], ticket_id=lamp, mode="reply")
    assert left == ""


def test_whoever_reads_along_is_named_before_sending(desk: Desk, lamp: TicketId) -> None:
    record.join_ticket(
        ticket_id=lamp, contact_id=desk.contacts["Bram Visser"], role="cc", confirmed=True,
        by=desk.by(SOFIE), at=now(),
    )  # fmt: skip

    page = desk.client(SOFIE).get(f"/console/tickets/{lamp}").content.decode()

    assert re.search(r'name="cc" value="bram@home.example" checked', page)
    assert "not of this customer" in page
    assert "Bram Visser &lt;bram@home.example&gt;" in page
    assert ticket_facts(lamp) is not None
    assert VERA


ODD = ("\0", "\ud800x", "9" * 40, "a" * 300_000)
"""In fields that a right form leaves out; the other ones are walked in tests/security."""


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:12])
def test_odd_input_is_refused_or_kept_but_breaks_nothing(
    desk: Desk, lamp: TicketId, odd: str
) -> None:
    """The attack: nothing a browser would send, in every field and address there is."""
    client, text = desk.client(SOFIE), odd.encode("utf-8", "replace").decode()
    for thing, fields in FIELDS.items():
        for field in fields.split():
            answer = client.post(f"/console/tickets/{lamp}/{thing}", {**GOOD, field: text})
            assert answer.status_code < 500, (thing, field)
    for address in ("/console/?q={}", "/console/?after={}", "/console/contacts?before={}",
                    "/console/mail/{}", "/console/tickets/{}"):  # fmt: skip
        text = quote(odd[:200].encode("utf-8", "replace"))
        assert client.get(address.format(text)).status_code < 500, address


FIELDS = {
    "state": "to until reason waiting_for",
    "assignment": "agent team",
    "classification": "name type topic service impact",
    "tags": "add remove",
    "links": "other relation",
    "links/end": "other",
    "merge": "into",
    "messages": "mode words then seen",
    "draft": "mode words",
}
GOOD = {
    "to": "start", "mode": "note", "words": "x", "name": "lamp", "type": "request",
    "impact": "low", "urgency": "low", "relation": "related", "other": "1", "into": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A request that is “solved” cannot become “on hold”."),
        ("ru", "«решена» не может перейти в состояние «отложена»"),
        ("it", "Una richiesta «risolta»"),
    ],
)
def test_a_step_that_cannot_be_is_refused_in_the_readers_words(
    desk: Desk, lamp: TicketId, language: str, words: str
) -> None:
    record.resolve_ticket(ticket_id=lamp, by=desk.by(SOFIE), at=now())

    with pytest.raises(Refused) as refusal:
        record.hold_ticket(ticket_id=lamp, waiting_for="date", by=desk.by(SOFIE), at=now())

    assert words in refusal.value.in_words(language)
    assert "held" not in refusal.value.in_words(language)
