"""HTML that is shown: it runs nothing, loads nothing from outside and covers nothing."""

import pytest

from unbroken.intake.mail import html_text
from unbroken.intake.mail.html import open_page


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' JaVaScRiPt:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='https://evil.example'><input name=pw></form>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<link rel=stylesheet href='https://evil.example/x.css'>",
        "<style>body{background:url(https://evil.example)}</style>",
        "<base href='https://evil.example'>",
        "<object data='https://evil.example'></object>",
        "<video src='https://evil.example' poster='https://evil.example'></video>",
        "<body background='https://evil.example/x.gif'><table background='https://evil.example'>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<img srcset='https://evil.example/x.png 2x'>",
        "<p style='background-image:url(https://evil.example)'>x</p>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<span class=remote-image data-remote='javascript:alert(1)'>x</span>",
    ],
)
def test_nothing_runs_and_nothing_is_loaded(attack: str) -> None:
    """Known tricks against mail programs."""
    safe = open_page(f"<div>before{attack}after</div>").safe.lower()

    for forbidden in ("<script", "onerror", "onload", "javascript:", "<iframe", "<form", "<input"):
        assert forbidden not in safe
    for loads in ('src="http', "url(", "<link", "<object", "background=", "srcset", "data:text"):
        assert loads not in safe
    assert "before" in safe


def test_a_remote_picture_is_a_placeholder_that_keeps_its_address() -> None:
    safe = open_page('<img src="https://t.example/open.gif?id=7" alt="logo">').safe

    assert safe == (
        '<span class="remote-image" data-remote="https://t.example/open.gif?id=7">[logo]</span>'
    )


def test_pictures_of_the_mail_itself_stay() -> None:
    safe = open_page('<img src="cid:lamp@home"><img src="data:image/png;base64,AAAA">').safe

    assert 'src="cid:lamp@home"' in safe
    assert 'src="data:image/png;base64,AAAA"' in safe


def test_a_style_may_colour_but_not_cover() -> None:
    safe = open_page(
        '<div style="position:fixed;inset:0;z-index:9;width:100vw;margin:-99px;color:red">x</div>'
    ).safe

    assert 'style="color:red"' in safe


def test_links_open_apart_and_tell_nobody() -> None:
    safe = open_page('<a href="https://shop.example/x">x</a>').safe

    assert 'rel="noopener noreferrer nofollow"' in safe
    assert 'target="_blank"' in safe


def test_text_keeps_what_a_person_sees() -> None:
    page = open_page(
        "<p>Hello&nbsp;desk,</p><ul><li>one<li>two</ul><ol><li>first<li>second</ol>"
        "<table><tr><td>a<td>b</table>see <a href='https://isp.example/x'>here</a>"
        "<pre>x  y\n z</pre><blockquote>quoted</blockquote>"
    )

    text = html_text.as_text(page.source).text

    assert text == (
        "Hello desk,\n\n- one\n- two\n\n1. first\n2. second\n\na b\n\n"
        "see here <https://isp.example/x>\nx  y\n z\n\n> quoted"
    )


def test_html_nobody_can_parse_in_time_is_shown_as_text() -> None:
    """Ten thousand open tags: parsers grow with the square of the nesting."""
    page = open_page("<div>" * 10_000 + "The line is <b>down</b>.")

    assert page.is_tangled
    assert page.safe == "<pre>The line is down.</pre>"
