"""Every event can be told to a person, and read for ever."""

import dataclasses
import json
import string
from pathlib import Path

import pytest

from tests.museum import pieces
from unbroken.ground.events import KINDS, EventKind, dump, load
from unbroken.ground.words import Phrase

ALL = [kind for _, kind in sorted(KINDS.items()) if kind.shape.__module__.startswith("unbroken.")]
every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)


@every_kind
def test_an_event_has_a_docstring_and_a_sentence_for_the_reader(kind: EventKind) -> None:
    documented = kind.shape.__doc__ or ""

    assert documented, "no docstring"
    assert not documented.startswith(f"{kind.shape.__name__}("), "no docstring of its own"
    assert isinstance(kind.says, Phrase)
    assert kind.says.strip()
    named = {name for _, name, _, _ in string.Formatter().parse(kind.says) if name}
    assert named <= {field.name for field in dataclasses.fields(kind.shape)}


@every_kind
def test_an_event_is_a_frozen_value_of_plain_fields(kind: EventKind) -> None:
    assert kind.shape.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert kind.kind.count(".") == 1
    assert kind.kind == kind.kind.lower()


@every_kind
def test_the_sample_of_an_event_names_every_field_it_needs_and_loads(kind: EventKind) -> None:
    told = load(kind.kind, kind.sample)
    stored = json.loads(json.dumps(dump(told)))

    assert {name: stored.get(name) for name in kind.sample} == dict(kind.sample)
    assert load(kind.kind, dump(told)) == told
    assert kind.sample.keys() <= {field.name for field in dataclasses.fields(kind.shape)}


@every_kind
def test_todays_shape_of_an_event_stands_in_the_museum(kind: EventKind) -> None:
    shapes = [frozenset(data) for _, told, data in pieces() if told == kind.kind]

    assert frozenset(kind.sample) in shapes, "run: .venv/bin/python -m tests.museum"


@pytest.mark.parametrize(("path", "told", "data"), pieces(), ids=lambda value: str(value)[:60])
def test_every_piece_of_the_museum_can_still_be_read(
    path: Path, told: str, data: dict[str, object]
) -> None:
    assert told in KINDS, f"{path.name}: the record still holds this event"
    assert isinstance(load(told, data), KINDS[told].shape)
