"""Attachments: named safely, judged by what they are, fetched again by their path."""

import io
import tarfile
import zipfile
from hashlib import sha256

import pytest

from unbroken.intake.mail import part_bytes, read
from unbroken.intake.mail.names import safe_name
from unbroken.intake.mail.safety import held_reason

RLO = "\u202e"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def tarred(mode: str, **files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name.replace("__", "."))
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def rar5(name: bytes) -> bytes:
    """A RAR 5 archive as far as its first file header."""
    fields = bytes([2, 0, 0, 5, 0x20, 0, 0, len(name)]) + name
    return b"Rar!\x1a\x07\x01\x00" + b"\0\0\0\0" + bytes([len(fields)]) + fields


def seven_zip(name: str) -> bytes:
    """A 7z archive with a plain table of one name."""
    text = b"\0" + (name + "\0").encode("utf-16-le")
    head = b"\x01\x05\x01\x11" + bytes([len(text)]) + text + b"\x00\x00"
    return (
        b"7z\xbc\xaf\x27\x1c\0\4"
        + b"\0" * 4
        + bytes(8)
        + len(head).to_bytes(8, "little")
        + (b"\0" * 4 + head)
    )


@pytest.mark.parametrize(
    ("reason", "data", "name"),
    [
        (None, b"sync lost", "modem.log"),
        (None, b"\x89PNG\r\n", "lamp.png"),
        (None, b"MZ is how this text begins", "note.txt"),
        (None, zipped(a__txt=b"x"), "logs.zip"),
        (None, tarred("w:gz", a__log=b"x"), "logs.tgz"),
        (None, zipped(**{"[Content_Types]__xml": b"x", "word/document__xml": b"x"}), "a.docx"),
        ("program", b"MZ\x90\0", "lamp.png"),
        ("program", b"\x7fELF\2", "data"),
        ("program", b"x", "bill.pdf.exe"),
        ("program", b"x", "bill.exe. "),
        ("program", b"x", f"bill{RLO}fdp.exe"),
        ("program", b"x", "fix.LNK"),
        ("script", b"#!/bin/sh\n", "readme"),
        ("script", b"x", "run.vbs"),
        ("macro", b"x", "offer.docm"),
        ("macro", zipped(**{"xl/vbaProject__bin": b"x"}), "offer.xlsx"),
        (
            "macro",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            "a.doc",
        ),
        ("active_content", b"<svg><script>1</script></svg>", "plan.svg"),
        ("active_content", b"<html><body onload='x()'>", "bill.htm"),
        ("active_content", b"{\\rtf1{\\object\\objdata 01}}", "a.rtf"),
        ("archive_hides", zipped(a__exe=b"MZ"), "a.zip"),
        ("archive_hides", zipped(a__txt=b"MZ\x90\0"), "a.zip"),
        ("archive_hides", zipped(b__zip=zipped(a__js=b"x")), "a.zip"),
        ("archive_hides", tarred("w:xz", a__bat=b"x"), "a.txz"),
        ("archive_hides", rar5(b"run.scr"), "a.rar"),
        ("archive_hides", seven_zip("run.ps1"), "a.7z"),
        ("archive_unreadable", b"no archive", "a.zip"),
        ("archive_unreadable", b"MSCF\0\0", "update"),
        ("disk_image", b"x", "setup.iso"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # archives carry the time
)
def test_what_may_harm_is_held_apart(reason: str | None, data: bytes, name: str) -> None:
    """Attacks: false endings, false types, programs in archives in archives, bombs."""
    assert held_reason(data, name, "") == reason


def test_an_archive_that_swells_without_end_is_held() -> None:
    """Attack: a few kilobytes that fill a disk."""
    assert held_reason(zipped(a__txt=b"\0" * 60_000_000), "a.zip", "") == "archive_bomb"


def test_an_encrypted_archive_is_held() -> None:
    """Nobody can look into it, so nobody opens it by accident."""
    data = bytearray(zipped(a__txt=b"x"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert held_reason(bytes(data), "a.zip", "") == "archive_encrypted"


@pytest.mark.parametrize(
    ("original", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.txt", "x.txt"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        (f"a{RLO}gnp.exe", "agnp.exe"),
        ("x.exe\0.png", "x.exe.png"),
        ("a<b>:c?.txt", "a_b__c_.txt"),
        (".bashrc", "_bashrc"),
        ("..", "part-2.png"),
        ("", "part-2.png"),
        ("a" * 500 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_can_do_no_harm(original: str, safe: str) -> None:
    assert safe_name(original, "2", "image/png") == safe


def test_the_original_name_is_kept_beside_the_safe_one() -> None:
    raw = b'From: a@b.example\nContent-Disposition: attachment; filename="../x.png"\n\nx'

    part = read(raw).attachments[0]

    assert (part.name, part.original_name) == ("x.png", "../x.png")


def test_an_attachment_is_fetched_by_its_path() -> None:
    raw = (
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="o"\n\n--o\n'
        b'Content-Type: multipart/mixed; boundary="i"\n\n--i\n\ntext\n--i\n'
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--i--\n--o--\n"
    )

    part = read(raw).attachments[0]

    assert part.path == "1.2"
    assert part_bytes(raw, part.path) == b"hello"
    assert part.sha256 == sha256(b"hello").hexdigest()
    assert part_bytes(raw, "9.9") is None
    assert part_bytes(raw, "") is None
