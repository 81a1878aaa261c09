"""Addresses in what people wrote become links, and nothing else does."""

import pytest

from unbroken.house.links import linked

REL = ' rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("no sync", "no sync"),
        (
            "see https://isp.example/a?b=1&c=2, please",
            f'see <a href="https://isp.example/a?b=1&amp;c=2"{REL}>'
            "https://isp.example/a?b=1&amp;c=2</a>, please",
        ),
        ("(www.isp.example)", f'(<a href="https://www.isp.example"{REL}>www.isp.example</a>)'),
        (
            "https://isp.example/a_(b)",
            f'<a href="https://isp.example/a_(b)"{REL}>https://isp.example/a_(b)</a>',
        ),
        (
            "write to anneke@home.example.",
            'write to <a href="mailto:anneke@home.example">anneke@home.example</a>.',
        ),
    ],
)
def test_an_address_ends_where_a_reader_ends_it(text: str, html: str) -> None:
    assert linked(text) == html


@pytest.mark.parametrize(
    "text",
    [
        'https://a.example/"onmouseover="alert(1)',
        "javascript:alert(1)//@x",
        "<script>https://a.example</script>",
        "http://[<img src=x>",
    ],
)
def test_nothing_that_was_written_becomes_a_tag_or_an_attribute(text: str) -> None:
    """The attack: an address that breaks out of its link."""
    html = str(linked(text))

    assert "<script" not in html
    assert "<img" not in html
    assert "onmouseover=&#34;" in html or "onmouseover" not in html
    assert 'href="javascript' not in html


def test_a_long_text_without_an_end_is_read_at_once() -> None:
    """The attack: words that make a careless expression look for hours."""
    assert len(linked("a.b-" * 50_000 + "@")) == 200_001
    assert len(linked("x@" + "a." * 50_000)) > 100_000
