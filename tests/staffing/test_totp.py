"""One-time codes, by the examples of RFC 6238."""

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from unbroken.staffing import totp

SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)

    assert totp.code_at(SECRET, totp.step_of(at)) == code
    assert totp.matching_step(SECRET.lower(), f"{code[:3]} {code[3:]}", at=at) == seconds // 30


def test_a_clock_may_be_half_a_minute_off_and_no_more() -> None:
    at = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)
    now = totp.step_of(at)

    found = [totp.matching_step(SECRET, totp.code_at(SECRET, now + off), at=at) for off in
             (-2, -1, 0, 1, 2)]  # fmt: skip

    assert found == [None, now - 1, now, now + 1, None]


def test_what_is_no_code_matches_nothing() -> None:
    at = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)

    assert {totp.matching_step(SECRET, odd, at=at) for odd in ("", "x", "ü" * 6, "0" * 99)} == {
        None
    }
