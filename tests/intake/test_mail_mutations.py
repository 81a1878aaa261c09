"""Damaged mails: whatever happened to the bytes, reading goes on."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thorough import examples
from unbroken.intake.mail import Desk, dedupe_key, part_bytes, reading

SAMPLES = Path(__file__).parents[2] / "unbroken" / "intake" / "samples" / "mail"
MAILS = [path.read_bytes() for path in sorted(SAMPLES.glob("*.eml"))]
WORD = re.compile(r"\w+")
DAMAGE = st.sampled_from(
    [b"\r", b"\n", b"\0", b"--", b'"', b"=?utf-8?q?", b"?=", b"<", b">", b"\xff", b"; ", b"=", b":"]
) | st.binary(max_size=6)


@st.composite
def damaged_mails(draw: st.DrawFn) -> bytes:
    raw = bytearray(draw(st.sampled_from(MAILS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        length = draw(st.integers(0, 30))
        raw[at : at + length] = draw(DAMAGE)
    return bytes(raw)


@given(damaged_mails())
@pytest.mark.thorough
@settings(max_examples=examples(400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_mail_is_read_without_an_exception(raw: bytes) -> None:
    """Bytes flipped, lost and doubled on the way; `_read` is the part below the safety net."""
    inbound = reading._read(raw, Desk(secret=b"secret"))

    for text in (inbound.subject, inbound.new_text, inbound.html_text):
        text.encode("utf-8")
        assert "\0" not in text
    lost = set(WORD.findall(inbound.text)) - set(
        WORD.findall(f"{inbound.new_text}\n{inbound.quoted_text}")
    )
    assert lost == set()


@given(damaged_mails())
@pytest.mark.thorough
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_attachment_of_a_damaged_mail_can_be_fetched(raw: bytes) -> None:
    for part in reading.read(raw).attachments:
        data = part_bytes(raw, part.path)

        assert data is not None
        assert len(data) == part.size


@given(st.binary(max_size=400))
@pytest.mark.thorough
@settings(max_examples=examples(300), deadline=None)
def test_any_bytes_are_a_mail_of_some_kind(raw: bytes) -> None:
    reading._read(raw, Desk())

    assert len(dedupe_key(raw)) == 32
