"""SMTP and LMTP as the doors speak them: strict where it protects, patient elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbroken.intake.doors.dialogue import Dialogue, HandedIn, Rules, Say

MAIL = b"From: anneke@home.example\r\nSubject: no sync\r\n\r\nthe lamp is dark\r\n"
ENVELOPE = b"MAIL FROM:<anneke@home.example>\r\nRCPT TO:<support@isp.example>\r\nDATA\r\n"


def smtp(**rules: object) -> Dialogue:
    return Dialogue(Rules(is_lmtp=False, host="desk", bytes_max=100_000, **rules))  # type: ignore[arg-type]


def lmtp(**rules: object) -> Dialogue:
    return Dialogue(Rules(is_lmtp=True, host="desk", bytes_max=100_000, **rules))  # type: ignore[arg-type]


def hear(dialogue: Dialogue, *pieces: bytes) -> tuple[list[HandedIn], bytes]:
    """Mails handed in and everything said, as if each mail were kept at once."""
    mails: list[HandedIn] = []
    said = b""
    for piece in pieces:
        dialogue.hear(piece)
        while (turn := dialogue.turn()) is not None:
            if isinstance(turn, Say):
                said += turn.text
                if turn.ends:
                    return mails, said
            else:
                mails.append(turn)
                said += dialogue.answer("250 kept")
    return mails, said


def codes(said: bytes) -> list[int]:
    return [int(line[:3]) for line in said.decode().splitlines() if line[3:4] != "-"]


def test_a_mail_is_handed_over_with_its_envelope() -> None:
    mails, said = hear(smtp(), b"EHLO anneke\r\n" + ENVELOPE + MAIL + b".\r\nQUIT\r\n")

    assert mails == [HandedIn(MAIL, "anneke@home.example", ("support@isp.example",), "anneke")]
    assert codes(said) == [250, 250, 250, 354, 250, 221]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=80))
def test_it_does_not_matter_how_the_bytes_are_cut(sizes: list[int]) -> None:
    stream = (
        b"EHLO a\r\n" + ENVELOPE + MAIL + b"..dots\r\n.\r\n" + ENVELOPE + MAIL + b".\r\nQUIT\r\n"
    )
    pieces, position = [], 0
    for size in sizes:
        pieces.append(stream[position : position + size])
        position += size

    in_pieces = hear(smtp(), *pieces, stream[position:])

    assert in_pieces == hear(smtp(), stream)
    assert [mail.raw for mail in in_pieces[0]] == [MAIL + b".dots\r\n", MAIL]


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\r.\r\n"]
)
def test_nothing_but_the_true_end_ends_a_mail(end: bytes) -> None:
    """Attack: SMTP smuggling hides a second mail behind an end that two servers read apart."""
    smuggled = MAIL + end + b"MAIL FROM:<boss@isp.example>\r\nRCPT TO:<x@isp.example>\r\nDATA\r\nhi"

    mails, said = hear(smtp(), b"EHLO a\r\n" + ENVELOPE + smuggled + b"\r\n.\r\n")

    assert len(mails) == 1
    assert b"boss@isp.example" in mails[0].raw
    assert codes(said) == [250, 250, 250, 354, 250]


def test_what_is_inside_a_mail_is_kept_as_it_came() -> None:
    """Accident: zero bytes, bare line feeds and a line of a million letters."""
    odd = b"Subject: odd\r\n\r\n\0\nbare\n" + b"x" * 90_000 + b"\r\n"

    mails, _ = hear(smtp(), b"EHLO a\r\n" + ENVELOPE + odd + b".\r\n")

    assert mails[0].raw == odd


def test_an_empty_mail_is_a_mail() -> None:
    mails, _ = hear(smtp(), b"HELO a\r\n" + ENVELOPE + b".\r\n")

    assert mails[0].raw == b""


def test_a_size_too_big_is_refused_before_it_is_sent() -> None:
    _, said = hear(smtp(), b"EHLO a\r\nMAIL FROM:<a@b.example> SIZE=100001\r\nNOOP\r\n")

    assert b"SIZE 100000" in said
    assert codes(said) == [250, 552, 250]


def test_a_lie_about_the_size_is_refused_and_forgotten() -> None:
    """Attack: SIZE=10 and then megabytes; little of them is held, the next mail is taken."""
    dialogue = smtp()
    lie = b"MAIL FROM:<a@b.example> SIZE=10\r\nRCPT TO:<c@isp.example>\r\nDATA\r\n"

    _, said = hear(dialogue, b"EHLO a\r\n" + lie, *[b"x" * 10_000] * 20)
    held = dialogue.bytes_held
    mails, later = hear(dialogue, b"\r\n.\r\n", ENVELOPE + MAIL + b".\r\n")

    assert held < 120_000
    assert codes(said + later) == [250, 250, 250, 354, 552, 250, 250, 354, 250]
    assert [mail.raw for mail in mails] == [MAIL]


def test_a_mail_that_never_ends_is_cut_off() -> None:
    """Attack: bytes without an end."""
    dialogue = smtp()

    _, said = hear(dialogue, b"EHLO a\r\n" + ENVELOPE, *[b"x" * 100_000] * 15)

    assert codes(said)[-1] == 552
    assert dialogue.bytes_held < 120_000


def test_of_ten_thousand_recipients_the_first_thousand_are_taken() -> None:
    """Attack: 10,000 recipients."""
    many = b"".join(b"RCPT TO:<r%d@isp.example>\r\n" % number for number in range(10_000))

    mails, said = hear(
        smtp(), b"EHLO a\r\nMAIL FROM:<a@b.example>\r\n" + many + b"DATA\r\n" + MAIL + b".\r\n"
    )

    assert len(mails[0].rcpt_to) == 1000
    assert codes(said).count(452) == 9000


def test_lmtp_answers_for_each_recipient() -> None:
    more = ENVELOPE.replace(b"DATA", b"RCPT TO:<noc@isp.example>\r\nRCPT TO:<>\r\nDATA")

    mails, said = hear(lmtp(), b"LHLO postfix\r\n" + more + MAIL + b".\r\n")

    assert mails[0].rcpt_to == ("support@isp.example", "noc@isp.example")
    assert codes(said) == [250, 250, 250, 250, 501, 354, 250, 250]


def test_each_protocol_has_its_own_greeting() -> None:
    assert codes(hear(lmtp(), b"EHLO a\r\nHELO a\r\nLHLO a\r\n")[1]) == [500, 500, 250]
    assert codes(hear(smtp(), b"LHLO a\r\nEHLO\r\nEHLO a\r\n")[1]) == [500, 501, 250]


def test_commands_out_of_order_are_refused() -> None:
    said = hear(smtp(), b"MAIL FROM:<a@b>\r\nEHLO a\r\nRCPT TO:<c@d>\r\nDATA\r\n" + MAIL[:0])[1]

    assert codes(said) == [503, 250, 503, 503]


def test_nobody_learns_who_is_here() -> None:
    said = hear(smtp(), b"EHLO a\r\nVRFY sofie\r\nVRFY nobody\r\nEXPN staff\r\n")[1]

    assert codes(said) == [250, 252, 252, 502]
    assert said.count(b"252 2.5.0 Send some mail and see\r\n") == 2


def test_an_address_carries_nothing_but_itself() -> None:
    """Attack: control characters and a second address inside the first."""
    said = hear(
        smtp(),
        b"EHLO a\r\nMAIL FROM:<a@b.example>\r\n"
        b"RCPT TO:<c@d.example\rRCPT TO:<e@f.example>>\r\n"
        b"RCPT TO:<c@d.example> <e@f.example>\r\n"
        b"RCPT TO:<c\0@d.example>\r\n"
        b"RCPT TO:<" + b"x" * 600 + b"@d.example>\r\n",
    )[1]

    assert codes(said) == [250, 250, 500, 501, 500, 501]


def test_senders_who_forget_brackets_are_understood() -> None:
    mails, _ = hear(
        smtp(),
        b"ehlo a\r\nmail from: anneke@home.example size=10\r\n"
        b"rcpt to: <@relay.example:support@isp.example>\r\ndata\n" + MAIL + b".\r\n",
    )

    assert mails[0].mail_from == "anneke@home.example"
    assert mails[0].rcpt_to == ("support@isp.example",)


def test_the_null_sender_is_a_sender() -> None:
    mails, _ = hear(
        smtp(), b"EHLO a\r\n" + ENVELOPE.replace(b"anneke@home.example", b"") + b".\r\n"
    )

    assert mails[0].mail_from == ""


@pytest.mark.parametrize(
    "attack",
    [
        b"POST / HTTP/1.1\r\nHost: desk\r\n",
        b"x" * 5000,
        b"nonsense\r\n" * 25,
        b"EHLO a\r\n" + b"NOOP\r\n" * 300,
    ],
)
def test_who_talks_nonsense_is_sent_away(attack: bytes) -> None:
    """Attack: a browser made to speak SMTP, an endless line, guessing, keeping a place."""
    _, said = hear(smtp(), attack, b"\r\n" + ENVELOPE)

    assert codes(said)[-1] in (421, 500)
    assert 354 not in codes(said)


def test_strict_doors_take_mail_for_known_mailboxes_only() -> None:
    known = {"support@isp.example": True, "sick@isp.example": None}
    said = hear(
        smtp(knows=lambda address: known.get(address, False)),
        b"EHLO a\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<else@isp.example>\r\n"
        b"RCPT TO:<sick@isp.example>\r\nRCPT TO:<support@isp.example>\r\n",
    )[1]

    assert codes(said) == [250, 250, 550, 451, 250]


def test_after_a_reset_nothing_of_the_last_mail_is_left() -> None:
    _, said = hear(smtp(), b"EHLO a\r\n" + ENVELOPE[:-6] + b"RSET\r\nDATA\r\n")

    assert codes(said) == [250, 250, 250, 250, 503]
