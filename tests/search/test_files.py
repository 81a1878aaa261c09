"""What stands in attachments is found; what is sent to do harm is left alone."""

import io
import zipfile

import pytest

from tests.console.desk import SOFIE, Desk, a_file
from tests.console.test_search import found, indexed, numbers
from unbroken.search.file_words import LETTERS_MAX, words_of
from unbroken.search.files import read_apart, read_next_file
from unbroken.search.projections import note_file, take_up_files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(*paragraphs: str, before: str = "") -> bytes:
    """A small letter as an office writes it."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"{before}<w:document {W}>{body}</w:document>")
    return packed.getvalue()


def pdf(words: str) -> bytes:
    """The smallest page that says something."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
    return f"{out}startxref\n{start}\n%%EOF\n".encode("latin-1")


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


def test_words_of_a_letter_a_page_and_a_note_are_read() -> None:
    assert words_of("docx", docx("Договор 77", "аренды")).split() == ["Договор", "77", "аренды"]
    assert "wombat" in words_of("pdf", pdf("The wombat contract"))
    assert words_of("text", "привет".encode("cp1251") * 20).startswith("привет")


def test_no_more_is_kept_than_a_reader_would_read() -> None:
    """Attack: a document of two hundred megabytes in a few packed kilobytes."""
    packed = docx("lamp " * 1_000_000)

    assert len(packed) < 100_000
    assert len(words_of("docx", packed)) <= LETTERS_MAX


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", docx("&b;", before=BOMB)),
        ("docx", b"PK\x03\x04 not really"),
        ("pdf", b"%PDF-1.4\n1 0 obj\n<< /Length 99999999999 >>"),
    ],
    ids=["entities", "torn", "lies"],
)
def test_what_is_made_to_do_harm_ends_its_own_reader_only(kind: str, data: bytes) -> None:
    assert read_apart(kind, data) == ("unreadable", "")


def test_a_bad_file_does_not_stop_the_next_and_files_are_found(desk: Desk) -> None:
    files = (
        a_file("contract.docx", docx("The wombat clause"), "application/octet-stream"),
        a_file("torn.pdf", b"%PDF-", "application/pdf"),
        a_file("macro.docx", docx("numbat"), "application/octet-stream", held="macro"),
    )
    ticket = desk.asks("Anneke de Wit", "Contract", "See the files.", files=files)
    indexed()
    while read_next_file():
        pass
    indexed()

    page = found(desk, SOFIE, "wombats")
    assert numbers(page) == [ticket]
    assert "contract.docx:" in page
    assert "The <mark>wombat</mark> clause" in page
    assert numbers(found(desk, SOFIE, "numbat")) == []


def test_a_file_that_killed_its_reader_twice_is_left_alone(desk: Desk) -> None:
    """Accident: the machine runs out of memory while a file is read, and again."""
    from unbroken.search.models import IndexedFile

    desk.asks("Anneke de Wit", "x", files=(a_file("a.txt", b"lamp", "text/plain"),))
    indexed()
    file = IndexedFile.objects.get()
    states = []
    for tried in ("reading 1", "reading 2"):
        note_file(file.attachment_id, tried, "")
        take_up_files()
        file.refresh_from_db()
        states.append(file.state)

    assert states == ["waiting again", "unreadable"]
    assert not read_next_file()
