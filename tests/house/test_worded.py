"""Pages are worded while they are compiled: once for each language, and never from old words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import reverse
from jinja2 import DictLoader

from unbroken.ground.words import LOCALE, in_language, speaking
from unbroken.house import jinja, worded

WORD, NAMED = "Sign out", "Choose {number}"
PAGE = (
    '{{ _("Sign out") }} {{ _("Choose {number}", number=7) }} {{ _("Choose {number}", number=n) }}'
)


@pytest.fixture
def engine(tmp_path: Path) -> Callable[[str], worded.Engine]:
    def make(page: str) -> worded.Engine:
        options = {"loader": DictLoader({"page": page}), "autoescape": True}
        return jinja.environment(compiled_in=str(tmp_path), **options)

    return make


@pytest.mark.parametrize("language", ["en", "ru", "it"])
def test_a_page_is_in_the_language_of_who_asks(
    engine: Callable[[str], worded.Engine], language: str
) -> None:
    with speaking(language):
        shown = engine(PAGE).get_template("page").render(n="<b>")

    named = [in_language(NAMED, language, number=n) for n in (7, "&lt;b&gt;")]
    assert shown == " ".join([in_language(WORD, language), *named])


def test_a_plain_sentence_is_not_looked_up_while_a_page_is_made(
    engine: Callable[[str], worded.Engine],
) -> None:
    page = engine(PAGE).spoken["ru"].get_template("page")
    looked_up: list[str] = []

    def look_up(text: str, **values: object) -> str:
        looked_up.append(text)
        return text

    page.render(n=1, _=look_up)
    assert looked_up == [NAMED]


def test_a_compiled_page_is_left_aside_when_the_words_change(
    engine: Callable[[str], worded.Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = worded.CompiledBefore(str(tmp_path), "it").get_source_checksum(PAGE)
    changed = tmp_path / "it.po"
    changed.write_bytes((LOCALE / "it.po").read_bytes() + b"# one more word\n")

    monkeypatch.setattr(worded, "LOCALE", tmp_path)

    assert worded.CompiledBefore(str(tmp_path), "it").get_source_checksum(PAGE) != before


def test_a_part_within_a_page_is_in_its_language_too() -> None:
    with speaking("ru"):
        part = get_template("console/tickets/_views.html").template.environment  # type: ignore[attr-defined]
    assert part.language == "ru"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("console:ticket", (100007,)),
        ("console:ticket", (10**14,)),
        ("console:work", ()),
        ("portal:request", (7,)),
    ],
)
def test_an_address_put_together_is_the_one_that_is_looked_up(
    name: str, args: tuple[int, ...]
) -> None:
    assert jinja.url(name, *args) == reverse(name, args=args)
