"""Files looked at on the page: as words or a picture, never as something that runs."""

from tests.console.desk import SOFIE, Desk, a_file
from unbroken.conversation.queries import messages_of


def test_a_text_is_looked_at_as_words_and_nothing_else_is(desk: Desk) -> None:
    """The attacks: a page called a text, a text that is held apart, markup in a text."""
    evil = b"<script>alert(1)</script>"
    files = (
        a_file("log.txt", evil, "text/plain"),
        a_file("page.html", evil, "text/html"),
        a_file("held.txt", evil, "text/plain", held="script"),
        a_file("lamp.png", b"png", "image/png"),
    )
    lamp = desk.asks("Anneke de Wit", "lamp", files=files)
    (said,) = messages_of(lamp)
    client, page = desk.client(SOFIE), f"/console/tickets/{lamp}"
    shown = client.get(page).content.decode()

    seen = [client.get(f"{page}/files/{one.id}/preview") for one in said.attachments]

    assert [one.status_code for one in seen] == [200, 404, 404, 404]
    assert "&lt;script&gt;alert(1)" in seen[0].content.decode()
    assert "<script>alert" not in seen[0].content.decode()
    assert shown.count('class="file__picture"') == 1
    picture = client.get(f"{page}/files/{said.attachments[3].id}")
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture["X-Content-Type-Options"] == "nosniff"
