"""Every event can be told to a person, and read for ever."""

import dataclasses
import json
import string

from tests.museum import pieces
from unbroken.ground.events import KINDS, dump, load
from unbroken.ground.words import Phrase

ALL = [kind for _, kind in sorted(KINDS.items()) if kind.shape.__module__.startswith("unbroken.")]


def test_an_event_has_a_docstring_and_a_sentence_for_the_reader() -> None:
    for kind in ALL:
        documented = kind.shape.__doc__ or ""
        own = f"{kind.shape.__name__}("
        assert documented, f"{kind.kind} has no docstring"
        assert not documented.startswith(own), f"{kind.kind} has no docstring of its own"
        assert isinstance(kind.says, Phrase), kind.kind
        assert kind.says.strip(), kind.kind
        named = {name for _, name, _, _ in string.Formatter().parse(kind.says) if name}
        assert named <= {field.name for field in dataclasses.fields(kind.shape)}, kind.kind


def test_an_event_is_a_frozen_value_of_plain_fields() -> None:
    for kind in ALL:
        assert kind.shape.__dataclass_params__.frozen, kind.kind  # type: ignore[attr-defined]
        assert kind.kind.count(".") == 1, kind.kind
        assert kind.kind == kind.kind.lower()


def test_the_sample_of_an_event_names_every_field_it_needs_and_loads() -> None:
    for kind in ALL:
        told = load(kind.kind, kind.sample)
        stored = json.loads(json.dumps(dump(told)))

        assert {name: stored.get(name) for name in kind.sample} == dict(kind.sample), kind.kind
        assert load(kind.kind, dump(told)) == told
        known = {field.name for field in dataclasses.fields(kind.shape)}
        assert kind.sample.keys() <= known, kind.kind


def test_todays_shape_of_an_event_stands_in_the_museum() -> None:
    shapes = {(told, frozenset(data)) for _, told, data in pieces()}
    missing = [kind.kind for kind in ALL if (kind.kind, frozenset(kind.sample)) not in shapes]

    assert missing == [], "run: .venv/bin/python -m tests.museum"


def test_every_piece_of_the_museum_can_still_be_read() -> None:
    for path, told, data in pieces():
        assert told in KINDS, f"{path.name}: the record still holds this event"
        assert isinstance(load(told, data), KINDS[told].shape), path.name
