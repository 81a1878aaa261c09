"""“Used in 41 answers”, and what readers say."""

from datetime import timedelta

import pytest

from tests.console.desk import SOFIE, Desk, open_desk
from tests.knowledge.shelf import MONDAY, plant_tree, written
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.knowledge import queries, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    plant_tree()
    return open_desk()


def used(article: int) -> int:
    row = queries.shelved(article, "en", at=now())
    assert row is not None
    return row.used


def answer(desk: Desk, ticket: TicketId) -> int:
    message, _delivery = record.reply(
        ticket_id=ticket, words="Look at the grey cable.",
        goes_to=conversation.reply_goes_to(ticket), by=desk.by(SOFIE), at=now(),
    )  # fmt: skip
    drain()
    return int(message)


def test_an_article_is_used_once_the_answer_it_was_taken_into_is_sent(desk: Desk) -> None:
    article, ticket = written(), desk.asks("Anneke de Wit", "No sync")
    other = desk.asks("Bram Visser", "No sync either")
    sofie = desk.agents[SOFIE]

    state.note_use(article_id=article, ticket_id=ticket, agent_id=sofie, at=now())
    state.note_use(article_id=article, ticket_id=ticket, agent_id=sofie, at=now())
    answer(desk, other)
    assert used(article) == 0
    answer(desk, ticket)

    assert used(article) == 1


def test_an_answer_taken_back_in_time_used_nothing(desk: Desk) -> None:
    article, ticket = written(), desk.asks("Anneke de Wit", "No sync")
    state.note_use(article_id=article, ticket_id=ticket, agent_id=desk.agents[SOFIE], at=now())
    message = answer(desk, ticket)

    record.withdraw_reply(ticket_id=ticket, message_id=message, by=desk.by(SOFIE), at=now())  # type: ignore[arg-type]
    drain()

    assert used(article) == 0


def test_one_reader_has_one_voice_and_the_last_word_counts(desk: Desk) -> None:
    """Attack: pressing the button a hundred times."""
    article = written()

    for n in range(5):
        state.note_vote(
            article_id=article, language="en", voter="198.51.100.7", helpful=n < 4,
            words="Which cable?" if n == 4 else "", at=MONDAY + timedelta(minutes=n),
        )  # fmt: skip
    state.note_vote(
        article_id=article, language="ru", voter="198.51.100.8", helpful=True, at=MONDAY
    )

    row = queries.shelved(article, "en", at=MONDAY)
    assert row is not None
    assert (row.helped, row.voted) == (1, 2)
    assert [vote.words for vote in queries.votes_of(article)] == ["Which cable?"]
