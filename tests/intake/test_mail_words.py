"""The customer's own words: nothing lost, nothing of ours taken for theirs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import examples
from unbroken.intake.mail import read
from unbroken.intake.mail.quotes import own_words

WORD = re.compile(r"\w+")
LINES = st.sampled_from(
    [
        "Hello, the line is down.",
        "",
        "> which lamp?",
        "> > since when?",
        ">",
        "-- ",
        "--",
        "Best regards",
        "Mit freundlichen Grüßen",
        "Anneke de Wit",
        "Sent from my iPhone",
        "Отправлено с iPhone",
        "On Mon, May 4, 2026 at 8:05 AM Support <support@isp.example> wrote:",
        "On Mon, May 4, 2026 at 8:05 AM Support <",
        "support@isp.example> wrote:",
        "04.05.2026, 08:05, Поддержка <support@isp.example>:",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "________________________________",
        "From: Support <support@isp.example>",
        "Sent: Monday, May 4, 2026 8:05 AM",
        "To: Anneke",
        "Subject: [#100234]",
        "Von: Support",
        "This e-mail is confidential and intended only for the recipient.",
        "AW> initials",
        "Is it repaired? On Mon, 4 May 2026, S <s@isp.example> wrote: > yes",
        "It works. Am 4. Mai 2026 schrieb S <s@isp.example>: > yes",
        " \u200b",
        "begin 644 file",
        "end",
    ]
)
TEXTS = st.lists(LINES | st.text(max_size=40), max_size=30).map("\n".join)
SUBJECTS = st.sampled_from(["Re: x", "Fwd: x", "WG: x", "", "AW: [#100234]"])


@given(TEXTS, SUBJECTS)
@pytest.mark.thorough
@settings(max_examples=examples(400), deadline=None)
def test_no_word_is_dropped(text: str, subject: str) -> None:
    words = own_words(text, subject)

    assert sorted(WORD.findall(text)) == sorted(WORD.findall(f"{words.new}\n{words.quoted}"))


@given(TEXTS, SUBJECTS)
@pytest.mark.thorough
@settings(max_examples=examples(200), deadline=None)
def test_a_forward_without_own_words_still_says_something(text: str, subject: str) -> None:
    words = own_words(f"---------- Forwarded message ---------\nThe city digs.\n{text}", subject)

    assert "The city digs." in words.new


@given(st.lists(st.sampled_from(["It is down.", "Please call.", "Since Sunday."]), min_size=1))
def test_words_above_a_quote_are_never_folded(lines: list[str]) -> None:
    own = "\n".join(lines)

    words = own_words(f"{own}\n\nOn 4 May 2026 at 08:05, S <s@isp.example> wrote:\n> Hello\n")

    assert words.new == own


@pytest.mark.parametrize(
    "attribution",
    [
        'In data 11 maggio 2026 21:11:31 "Assistenza" <s@isp.example> ha scritto:',
        "---- On Mon, 04 May 2026 08:05:50 +0200 s@isp.example wrote ----",
        "Am Mo., 4. Mai 2026, 08:05 schrieb Support <\ns@isp.example>:",
        "Op ma 4 mei 2026 om 08:05 schreef Support <s@isp.example>:",
        "pon., 4 maj 2026 o 08:05 Support <s@isp.example> napisał(a):",
        "пн, 4 трав. 2026 р. о 08:05 Support <s@isp.example> пише:",
        "Em seg., 4 de mai. de 2026 às 08:05, Support <s@isp.example> escreveu:",
        "Thu, 4 May 2026 14:00:51 +0400 от Поддержка <s@isp.example>:",
        "От: Поддержка\nОтправлено: понедельник, 4 мая 2026 г. 15:05\nКому: Мила",
        "Date: Thu, 4 May 2026 13:53:45 +0400\nSubject: x\nFrom: s@isp.example\nTo: a@b.example",
    ],
)
def test_other_programs_attributions_are_known(attribution: str) -> None:
    words = own_words(f"It works.\n\n{attribution}\n\nDoes it work?", "Re: x")

    assert words.new == "It works."
    assert "Does it work?" in words.quoted


@pytest.mark.parametrize(
    "own",
    [
        "Steps I took:\n--\n1. restart\n2. shall I call you?",
        "Part one\n\n----------\n\nPart two",
        "Best regards to Sofie, she helped me.\nBut the line is down again.",
        "Sent from my office yesterday, the router has not arrived.\nWhere is it?",
        "Your colleague wrote:\n\nrestart it\n\nI did.",
        "No sync.\n\nBest regards\nTimo\n\nP.S. Could you call me today?",
        "The log:\n\n2026-01-15 14:30:25\n15.01.2026 14:30\n\nAll of this is mine.",
        "> only\n> marks",
    ],
)
def test_when_unsure_the_words_are_the_customers(own: str) -> None:
    assert own_words(own, "").quoted == ""


def test_the_html_form_shows_a_quote_that_the_plain_form_hides() -> None:
    """An unknown language in the attribution: only the HTML tells where the quote begins."""
    raw = (
        b"From: a@home.example\nSubject: Re: x\n"
        b'Content-Type: multipart/alternative; boundary="b"\n\n--b\n'
        b"Content-Type: text/plain; charset=utf-8\n\n"
        b"It works.\n\nTuki 4.5.2026 kirjoittaa\nWorks the line now or not at all?\n--b\n"
        b"Content-Type: text/html; charset=utf-8\n\n"
        b"<div>It works.</div><br>Tuki 4.5.2026 kirjoittaa"
        b'<blockquote type="cite">Works the line now or not at all?</blockquote>\n--b--\n'
    )

    inbound = read(raw)

    assert "Works the line now" not in inbound.new_text
    assert "It works." in inbound.new_text
    assert "Works the line now" in inbound.quoted_text
