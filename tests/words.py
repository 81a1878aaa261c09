"""`bin/words`: bring the catalogues up to date with what the desk says.

New sentences arrive without a translation, unused ones leave, and what translators wrote
stays. The catalogues are sorted by the file a sentence stands in, so that a translator reads
what belongs together; no line numbers, so that they change only when a sentence does.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from tests.house_rules.source import ROOT, UNBROKEN, called, modules, nodes_of
from unbroken.ground.words import LANGUAGES, LOCALE

OTHERS = tuple(one for one in LANGUAGES if one != "en")
TEMPLATES = sorted(UNBROKEN.glob("*/templates/**/*.*"))
MARKS = {"_": 1, "gettext": 1, "in_language": 1, "ngettext": 2, "in_number": 2}

Sentence = tuple[str, ...]
"""One sentence, or its singular and its plural."""


def in_modules() -> Iterator[tuple[Sentence, str]]:
    """Every sentence that Python marks, and where."""
    for path in modules():
        for node in nodes_of(path):
            if not isinstance(node, ast.Call) or called(node) not in MARKS:
                continue
            given = node.args[: MARKS[called(node)]]
            said = [one.value for one in given if isinstance(one, ast.Constant)]
            words = tuple(one for one in said if isinstance(one, str))
            if words and len(words) == MARKS[called(node)]:
                yield words, f"{path.relative_to(ROOT)}:{node.lineno}"


def in_templates() -> Iterator[tuple[Sentence, str]]:
    """Every sentence that a page says, and where."""
    for path in TEMPLATES:
        with path.open("rb") as file:
            marked = babel_extract(file, ("_", "gettext", "ngettext"), (), {"trimmed": "true"})
            for line, _function, said, _comments in marked:
                given = (said,) if isinstance(said, str) else said or ()
                words = tuple(one for one in given if isinstance(one, str))
                if words:
                    yield words, f"{path.relative_to(ROOT)}:{line}"


@cache
def phrases() -> dict[Sentence, tuple[str, ...]]:
    """Every sentence that is marked for translation, and all places where it stands."""
    found: dict[Sentence, list[str]] = defaultdict(list)
    for words, where in (*in_modules(), *in_templates()):
        if words[0].strip():
            found[words].append(where)
    return {words: tuple(places) for words, places in found.items()}


def catalog_of(language: str) -> Catalog:
    """What has been translated so far."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def up_to_date(old: Catalog, said: dict[Sentence, tuple[str, ...]]) -> Catalog:
    """The catalogue of exactly these sentences, with the translations there were."""
    new = Catalog(locale=old.locale, fuzzy=False)
    for words, places in sorted(said.items(), key=lambda one: (files(one[1]), one[0])):
        known: Message | None = old.get(words[0])
        kept = known.string if known and forms(known.id) == len(words) else None
        where = [(file, 0) for file in files(places)]
        new.add(words if len(words) > 1 else words[0], kept, locations=where)
    return new


def files(places: tuple[str, ...]) -> list[str]:
    """The files of some places, each once."""
    return sorted({place.rpartition(":")[0] for place in places})


def forms(told: object) -> int:
    """How many English forms a sentence has."""
    return 1 if isinstance(told, str) else 2


def written(catalog: Catalog) -> str:
    """The catalogue as a file: a header without dates or people, then the sentences."""
    assert catalog.locale, "a catalogue is in a language"
    sentences = BytesIO()
    write_po(sentences, catalog, width=100, omit_header=True, include_lineno=False)
    header = (
        f"# What Unbroken says, in {catalog.locale.english_name}; bin/words keeps it up to date.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return header + sentences.getvalue().decode()


def main() -> None:
    """Write each catalogue anew, and say how many sentences still want words."""
    for language in OTHERS:
        catalog = up_to_date(catalog_of(language), phrases())
        LOCALE.mkdir(exist_ok=True)
        (LOCALE / f"{language}.po").write_text(written(catalog), encoding="utf-8")
        missing = sum(1 for one in catalog if one.id and not all(told_in(one)))
        sys.stdout.write(f"{language}: {len(catalog)} sentences, {missing} without a translation\n")


def told_in(message: Message) -> Sentence:
    """The translation, form by form."""
    told = message.string or ""
    return (told,) if isinstance(told, str) else tuple(told)


if __name__ == "__main__":
    main()
