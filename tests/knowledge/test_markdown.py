"""What people write becomes a safe page, a mail, a line."""

import re

import pytest

from unbroken.knowledge.markdown import to_html, to_line, to_plain

HARMLESS = re.compile(
    r"""</?p>|</a>|<a(?: href="https://[^"]+")?(?: title="[^"]*")? rel="[a-z ]+">"""
)


def test_marks_become_a_page_whose_first_heading_is_not_the_articles() -> None:
    page = to_html(
        "# First\n\n1. **Unplug** it\n2. Wait\n\n[Ask](https://isp.example/ask)\n\n> said"
    )

    assert "<h2>First</h2>" in page
    assert "<li><strong>Unplug</strong> it</li>" in page
    assert 'href="https://isp.example/ask"' in page
    assert "<blockquote>" in page


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://elsewhere.example/pixel.png)",
        '<a href="javascript:alert(1)">x</a>',
        "<svg/onload=alert(1)>",
        "[x](vbscript:x)",
        "<iframe src=//elsewhere.example></iframe>",
        '[x](https://ok.example "onmouseover=alert(1)")',
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_in_an_article_runs_or_calls_elsewhere(attack: str) -> None:
    """Attack: an article is written, or pasted from a request, with something alive in it."""
    page = to_html(attack)

    tags = re.findall(r"<[^>]*>", page)
    left = [tag for tag in tags if not HARMLESS.fullmatch(tag)]
    assert left == []


def test_a_mail_carries_the_words_and_the_addresses_without_the_marks() -> None:
    text = "## Restart\n\n- **Unplug** the `box`\n- See [our page](https://isp.example/help)\n\n\n\nEnd"

    assert to_plain(text) == (
        "Restart\n\n- Unplug the box\n- See our page (https://isp.example/help)\n\nEnd"
    )


def test_the_beginning_is_one_line_that_ends_at_a_word() -> None:
    line = to_line("## Why\n\n" + "The lamp is **dark** and\nblinks. " * 20)

    assert line.startswith("Why The lamp is dark and blinks.")
    assert line.endswith(" …")
    assert len(line) <= 162
