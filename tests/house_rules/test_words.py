"""Everything a person reads has words, in every language we speak."""

import ast
import importlib
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from jinja2 import nodes
from jinja2.ext import babel_extract

from tests.house_rules.source import ROOT, UNBROKEN, called, modules, shown, tree_of
from unbroken.ground.change import REFUSALS
from unbroken.ground.words import LANGUAGES, LOCALE

TEMPLATES = sorted(UNBROKEN.glob("*/templates/**/*.*"))


def named_in(sentence: str) -> set[str]:
    """The values that a sentence wants."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.fixture(scope="module")
def all_words() -> None:
    """Import whoever words a refusal: in the desk that happens before anybody refuses."""
    for path in modules():
        names = {called(node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}
        if "refusals" in names:
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(dotted.removesuffix(".__init__"))


def refusals_raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where something is refused, by which key, with which values (None: not known here)."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or called(node) != "Refused" or not node.args:
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                given = {keyword.arg for keyword in node.keywords}
                values = None if None in given else {name for name in given if name}
                yield shown(path, node), key.value, values


def test_every_refusal_has_words_and_the_values_they_need(all_words: None) -> None:
    wrong = []
    for where, key, values in refusals_raised():
        if key not in REFUSALS:
            wrong.append(f"{where} {key} has no words")
        elif values is not None and not named_in(REFUSALS[key]) <= values:
            missing = named_in(REFUSALS[key]) - values
            wrong.append(f"{where} {key} is told without {sorted(missing)}")
    assert wrong == []


def test_no_refusal_has_words_and_is_never_raised(all_words: None) -> None:
    raised = {key for _, key, _ in refusals_raised()}
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    idle = [key for key in REFUSALS if key not in raised and source.count(f'"{key}"') < 2]
    assert idle == []


def test_every_template_compiles_and_names_only_filters_and_templates_that_exist() -> None:
    environment = engines.all()[0].env  # type: ignore[attr-defined]
    environment.loader.list_templates()
    wrong = []
    for path in TEMPLATES:
        if path.suffix not in (".html", ".txt", ".xml"):
            continue
        name = str(path).partition("/templates/")[2]
        try:
            environment.get_template(name)
            tree = environment.parse(path.read_text(encoding="utf-8"))
        except Exception as error:  # whatever is wrong with it is the finding
            wrong.append(f"{name}: {error}")
            continue
        for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
            wanted = getattr(node, "template", None)
            if isinstance(wanted, nodes.Const) and wanted.value not in environment.list_templates():
                wrong.append(f"{name}: there is no {wanted.value}")
    assert wrong == []


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    environment = engines.all()[0].env  # type: ignore[attr-defined]

    with pytest.raises(Exception, match="nobody"):
        environment.from_string("{{ nobody }}").render()


@cache
def phrases() -> dict[str, list[str]]:
    """Every sentence that is marked for translation, and where it stands."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and called(node) in ("_", "in_number", "ngettext"):
                for argument in node.args[:1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found[argument.value].append(shown(path, node))
    for path in TEMPLATES:
        if path.suffix not in (".html", ".txt"):
            continue
        with path.open("rb") as file:
            options = {"trimmed": "true"}
            for line, _function, message, _comments in babel_extract(
                file, ("_", "gettext", "ngettext"), (), options
            ):
                sentence = message if isinstance(message, str) else message[0]
                if sentence:
                    found[sentence].append(f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def translated(language: str) -> dict[str, tuple[str, ...]]:
    """Every sentence that has a translation."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }


others = pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])


@pytest.mark.xfail(reason="the catalogues are filled at the end", strict=False)
@others
def test_every_sentence_is_translated(language: str) -> None:
    known = translated(language)
    missing = [
        f"{where[0]}: {text!r}"
        for text, where in sorted(phrases().items())
        if not any(known.get(text, ()))
    ]
    assert not missing, f"{len(missing)} sentences have no {language}:\n" + "\n".join(missing)


@others
def test_a_translation_names_the_same_values_as_the_original(language: str) -> None:
    """Accident: a translator renames {number}, and the page breaks for one language only."""
    wrong = []
    for text, worded in translated(language).items():
        wanted = set(re.findall(r"\{(\w+)\}|%\((\w+)\)s", text))
        for one in worded:
            given = set(re.findall(r"\{(\w+)\}|%\((\w+)\)s", one))
            if one and not given <= wanted:
                wrong.append(f"{text!r} → {one!r}")
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in modules() if path.stat().st_size], ids=str)
def test_a_module_says_in_its_first_line_what_it_is(path: Path) -> None:
    told = ast.get_docstring(tree_of(path)) or ""

    assert told.partition("\n")[0].strip(), "no module docstring"
