"""To whom a message went, as an agent reads it."""

from tests.console.desk import SOFIE, Desk
from unbroken.conversation import actions as record
from unbroken.conversation.incoming import ReplyTo
from unbroken.ground.clock import now


def test_to_whom_an_answer_went_can_be_read(desk: Desk) -> None:
    """Accident: the database gives JSON as text, and an address becomes a row of letters."""
    ticket = desk.asks("Anneke de Wit", "lamp")
    goes_to = ReplyTo(
        channel="mail",
        to=(("Anneke de Wit", "anneke@home.example"),),
        cc=(("", "ada@wheels.example"),),
        contact_id=desk.contacts["Anneke de Wit"],
    )
    record.reply(ticket_id=ticket, words="soon", goes_to=goes_to, by=desk.by(SOFIE), at=now())

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()

    assert "Anneke de Wit &lt;anneke@home.example&gt;</dd>" in page
    assert '<dt>Copy</dt><dd class="pairs__long">ada@wheels.example</dd>' in page
