"""Everything a person reads has words, in every language we speak."""

import ast
import importlib
import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.template import engines
from jinja2 import Environment, nodes

from tests.house_rules.source import ROOT, called, modules, nodes_of, shown, tree_of
from tests.words import (
    OTHERS,
    TEMPLATES,
    Sentence,
    catalog_of,
    phrases,
    told_in,
    up_to_date,
    written,
)
from unbroken.ground.change import REFUSALS
from unbroken.ground.words import LOCALE

VALUE = re.compile(r"\{\w+\}|%\(\w+\)s")
THE_SAME = {
    "Unbroken",
    "VIP",
    "mine unassigned team:first-line status:pending …",  # what one types is English everywhere
}
FORMAL = re.compile(
    r"\b(Lei|voi|vostr[oaie]|avete|potete|dovete|siete)\b|(?<!^)\b(Su[oa]|Suoi|Sue)\b"
)
FAMILIAR = re.compile(r"\b(tu|te|tuo|tua|tuoi|tue|ti|hai|puoi|vuoi|devi)\b", re.IGNORECASE)
NAMED_OTHERWISE = {
    "ru": {r"\bteams?\b": "команд|бригад", r"\bcrews?\b": "групп|команд"},
    "it": {r"\bteams?\b": "squadr", r"\bcrews?\b": "grupp"},
}
"""What a team (группа, gruppo) and a crew (бригада, squadra) are not called: one word each."""
TO_CUSTOMERS = (
    "console/privacy/export.py",
    "console/sign_in.html",
    "console/filling/offers.py",
)
"""Pages and files of the console that customers read."""
THE_SAME_IN = {"it": {"Chat", "E-mail", "Fax", "No", "Password", "h", "min", "no", "s"}}


def jinja() -> Any:
    """The template engine as the desk sets it up."""
    environment = engines.all()[0].env  # type: ignore[attr-defined]
    assert isinstance(environment, Environment)
    return environment


def named_in(sentence: str) -> set[str]:
    """The values that a sentence wants."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.fixture(scope="module")
def all_words() -> None:
    """Import whoever words a refusal: in the desk that happens before anybody refuses."""
    for path in modules():
        names = {called(node) for node in nodes_of(path) if isinstance(node, ast.Call)}
        if "refusals" in names:
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(dotted.removesuffix(".__init__"))


def refusals_raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where something is refused, by which key, with which values (None: not known here)."""
    for path in modules():
        for node in nodes_of(path):
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
    environment = jinja()
    there = set(environment.list_templates())
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
            if isinstance(wanted, nodes.Const) and wanted.value not in there:
                wrong.append(f"{name}: there is no {wanted.value}")
    assert wrong == []


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    environment = jinja()

    with pytest.raises(Exception, match="nobody"):
        environment.from_string("{{ nobody }}").render()


others = pytest.mark.parametrize("language", OTHERS)


@cache
def kept(language: str) -> Catalog:
    """The catalogue, read once and only looked at."""
    return catalog_of(language)


def translated(language: str) -> Iterator[tuple[Sentence, Sentence]]:
    """Every sentence of the catalogue with its translation, form by form."""
    for message in kept(language):
        if message.id:
            said = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            yield said, told_in(message)


@others
def test_every_sentence_is_translated(language: str) -> None:
    known = dict(translated(language))
    missing = [
        f"{where[0]}: {said!r}"
        for said, where in sorted(phrases().items())
        if not all(known.get(said, ("",)))
    ]
    assert not missing, f"{len(missing)} have no {language}; run bin/words\n" + "\n".join(missing)


@others
def test_no_translation_is_kept_that_nobody_says(language: str) -> None:
    idle = [said for said, _told in translated(language) if said not in phrases()]
    assert idle == [], "run bin/words"


@others
def test_a_counted_sentence_has_every_form_that_the_language_counts_in(language: str) -> None:
    """Accident: five faults are told in the words for two."""
    wanted = kept(language).num_plurals
    wrong = [said for said, told in translated(language) if len(said) > 1 and len(told) != wanted]
    assert wrong == []


@others
def test_a_translation_is_not_the_english_sentence(language: str) -> None:
    wrong = [
        said[0]
        for said, told in translated(language)
        if said[0] in told and re.search(r"[^\W\d_]", VALUE.sub("", said[0]))
    ]
    assert sorted(set(wrong) - THE_SAME - THE_SAME_IN.get(language, set())) == []


@others
def test_the_catalogue_is_as_bin_words_writes_it(language: str) -> None:
    """Accident: somebody edits it by hand, and the next update changes a hundred lines."""
    text = (LOCALE / f"{language}.po").read_text(encoding="utf-8")

    assert written(up_to_date(kept(language), phrases())) == text, "run bin/words"


@others
def test_a_translation_names_the_same_values_as_the_original(language: str) -> None:
    """Accident: a translator renames {number}, and the page breaks for one language only."""
    wrong = []
    for said, told in translated(language):
        wanted = set(VALUE.findall(said[-1]))
        wrong += [f"{said!r} → {one!r}" for one in told if set(VALUE.findall(one)) != wanted]
    assert wrong == []


def test_a_module_says_in_its_first_line_what_it_is() -> None:
    told = {path: ast.get_docstring(tree_of(path)) or "" for path in modules()}
    silent = [path for path, text in told.items() if not text.partition("\n")[0].strip()]

    assert [path for path in silent if path.stat().st_size] == [], "no module docstring"


def test_a_request_has_one_name_in_russian() -> None:
    """`заявка`: whoever reads "обращение" on the next page wonders whether it is something else."""
    named = [
        (message.id, said)
        for message in catalog_of("ru")
        for said in told_in(message)
        if "request" in str(message.id).lower() and "обращени" in said.lower()
    ]
    assert named == []


def test_italian_says_tu_to_colleagues_and_lei_to_customers() -> None:
    wrong = []
    for message in catalog_of("it"):
        places = [str(place) for place, _line in message.locations]
        ours = [one for one in places if "/console/" in one and not one.endswith(TO_CUSTOMERS)]
        theirs = [one for one in places if "/portal/" in one]
        for said in told_in(message):
            if ours and not theirs and FORMAL.search(said):
                wrong.append(f"{ours[0]}: {said}")
            if theirs and not ours and FAMILIAR.search(said):
                wrong.append(f"{theirs[0]}: {said}")
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_team_and_a_crew_have_one_name_each(language: str) -> None:
    """Two words for one thing make two things of it; commands, though, may be команды."""
    wrong = [
        said
        for message in catalog_of(language)
        for english, other in NAMED_OTHERWISE[language].items()
        if message.id and re.search(english, VALUE.sub("", str(message.id)), re.IGNORECASE)
        for said in told_in(message)
        if re.search(rf"\b(?:{other})", VALUE.sub("", said), re.IGNORECASE)
        and not re.search(r"\bcommands?\b", str(message.id))
    ]
    assert wrong == []
