"""What a mailbox's settings mean, and what a server's answers mean."""

import pytest

from unbroken.intake.imap import _groups
from unbroken.intake.imap_box import BoxSettings, BoxTrouble, Waiting, _by_uid

GIVEN = {"host": "imap.isp.example", "user": "support", "password": "secret"}


def test_a_mailbox_is_read_over_tls_unless_told_otherwise() -> None:
    assert BoxSettings.read(GIVEN).tls == "tls"
    assert BoxSettings.read(GIVEN).port == 993
    assert BoxSettings.read(GIVEN | {"tls": "starttls"}).port == 143
    assert BoxSettings.read(GIVEN | {"tls": False, "port": "1143"}).port == 1143


def test_at_first_only_what_nobody_read_is_taken() -> None:
    """Else years of old mail would be acknowledged on the first day."""
    assert BoxSettings.read(GIVEN).begin == "unseen"
    assert BoxSettings.read(GIVEN).after == "seen"


@pytest.mark.parametrize(
    "slip",
    [
        {"host": ""},
        {"password": None},
        {"tls": "ssl3"},
        {"port": "imap"},
        {"after": "burn"},
        {"begin": "soon"},
    ],
)
def test_a_slip_in_the_settings_is_named(slip: dict[str, object]) -> None:
    with pytest.raises(BoxTrouble) as trouble:
        BoxSettings.read(GIVEN | slip)

    assert "secret" not in str(trouble.value)
    assert next(iter(slip)) in str(trouble.value)


def test_the_uid_may_stand_before_or_behind_the_mail() -> None:
    before = [(b"1 (UID 7 BODY[] {3}", b"abc"), b")"]
    behind = [(b"2 (BODY[] {3}", b"def"), b" UID 8 FLAGS ())"]

    assert _by_uid([*before, *behind, b"junk", None]) == {7: b"abc", 8: b"def"}


def test_a_large_mail_is_fetched_alone() -> None:
    mails = [Waiting(1, 10), Waiting(2, 90_000_000), Waiting(3, 10), Waiting(4, 10)]

    assert [[one.uid for one in group] for group in _groups(iter(mails))] == [[1], [2], [3, 4]]


def test_many_small_mails_are_fetched_in_groups() -> None:
    groups = list(_groups(iter([Waiting(uid, 1000) for uid in range(120)])))

    assert [len(group) for group in groups] == [50, 50, 20]
