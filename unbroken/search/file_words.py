"""The words of one file, in a process of its own that may take so much and no more.

    python -I file_words.py KIND < file > words      KIND is pdf, docx, odt or text

What strangers send is read here and nowhere else: a file that would eat the memory, the processor
or the reader itself ends this process and nothing beside it. Standard library and a reader of
PDF only. Status: 0 read, 1 not readable, 3 locked by a password.
"""

import contextlib
import io
import resource
import sys
import xml.parsers.expat
import zipfile
from collections.abc import Iterator
from typing import IO

LETTERS_MAX = 200_000
PAGES_MAX = 200
XML_BYTES_MAX = 40_000_000
MEMORY_BYTES_MAX = 768 * 1024 * 1024
PROCESSOR_SECONDS_MAX = 20
UNREADABLE, LOCKED = 1, 3
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
BREAKS = ("p", "h", "br", "tab", "tc", "cr")


class Locked(Exception):
    """It opens only with a password."""


class Harmful(Exception):
    """It is no such file, or made to do harm."""


def words_of(kind: str, data: bytes) -> str:
    """The words of a file, as many as are kept."""
    pieces = {"pdf": _pdf, "docx": _document, "odt": _document, "text": _text}[kind](kind, data)
    found: list[str] = []
    length = 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length >= LETTERS_MAX:
            break
    return "".join(found)[:LETTERS_MAX].replace("\0", " ")


def _pdf(_kind: str, data: bytes) -> Iterator[str]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for number, page in enumerate(reader.pages):
        if number >= PAGES_MAX:
            return
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            yield page.extract_text() + "\n"


def _document(kind: str, data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(PARTS[kind]) as part:
        yield "".join(_xml_words(part, all_text=kind == "odt"))


def _xml_words(part: IO[bytes], *, all_text: bool) -> list[str]:
    """Text between the tags. A document type is refused: entities are what bombs are made of."""
    words: list[str] = []
    depth = [0]
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

    def begins(name: str, _attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        depth[0] += tag == "t"
        if tag in BREAKS:
            words.append("\n")

    def ends(name: str) -> None:
        depth[0] -= name.rpartition(" ")[2] == "t"

    def says(text: str) -> None:
        if all_text or depth[0]:
            words.append(text)

    def refuse(*_declared: object) -> None:
        raise Harmful("a document type")

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = says, refuse
    read = 0
    while chunk := part.read(65_536):
        read += len(chunk)
        if read > XML_BYTES_MAX or len(words) > 2 * LETTERS_MAX:
            break
        parser.Parse(chunk, False)
    return words


def _text(_kind: str, data: bytes) -> Iterator[str]:
    import cchardet

    data = data[: 4 * LETTERS_MAX]
    with contextlib.suppress(UnicodeDecodeError):
        yield data.decode("utf-8-sig")
        return
    guess = cchardet.detect(data)["encoding"] or "cp1252"
    try:
        yield data.decode(guess, errors="replace")
    except LookupError:
        yield data.decode("cp1252", errors="replace")


def main() -> int:
    """Read what is handed in."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES_MAX),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS_MAX),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system lets every limit be set
            resource.setrlimit(what, (most, most))
    try:
        words = words_of(sys.argv[1], sys.stdin.buffer.read())
    except Locked:
        return LOCKED
    except Exception as error:  # whatever a hostile file makes the reader raise
        sys.stderr.write(f"{type(error).__name__}: {error}\n"[:500])
        return UNREADABLE
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
