"""Files looked at on the page: as words or a picture, never as something that runs."""

import struct

from tests.console.desk import SOFIE, Desk, a_file
from tests.search.test_files import pdf
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


def test_the_first_page_of_a_pdf_is_a_picture_and_the_file_stays_a_download(desk: Desk) -> None:
    """The attacks: paper of a hundred metres, a file that is no PDF, one that is held apart."""
    paper, huge = pdf("The wombat contract"), pdf("x").replace(b"612 792", b"99999 99999")
    kind = "application/pdf"
    files = (
        a_file("contract.pdf", paper, kind),
        a_file("huge.pdf", huge, kind),
        a_file("torn.pdf", b"%PDF-1.7\nnothing", kind),
        a_file("held.pdf", paper, kind, held="script"),
        a_file("page.html", paper, "text/html"),
    )
    lamp = desk.asks("Anneke de Wit", "lamp", files=files)
    (said,) = messages_of(lamp)
    client, page = desk.client(SOFIE), f"/console/tickets/{lamp}"

    seen = [client.get(f"{page}/files/{one.id}/page") for one in said.attachments]

    assert [one.status_code for one in seen] == [200, 404, 404, 404, 404]
    assert (seen[0]["Content-Type"], seen[0].content[:4]) == ("image/png", b"\x89PNG")
    assert "sandbox" in seen[0]["Content-Security-Policy"]
    width, height = struct.unpack(">II", seen[0].content[16:24])
    assert (width - 900, height - 1165) in ((0, 0), (1, 0)), "no larger than a sheet on a screen"
    file = client.get(f"{page}/files/{said.attachments[0].id}")
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(page).content.decode().count('alt="First page of') == 3
