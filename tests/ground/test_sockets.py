"""Sockets: a file in the folder is one thing more, and no two share a key."""

import sys
from pathlib import Path

import pytest

from unbroken.ground.sockets import SocketProblem, plugged_in
from unbroken.promise.measure import Measure

ONE = """
from unbroken.ground.words import _
from unbroken.promise.measure import Measure
measure = Measure(key={key!r}, label=_("Pick up"), starts_on={{"call.rang": None}})
"""


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    name = f"plugged_{abs(hash(str(tmp_path)))}"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").touch()
    for module, text in files.items():
        (package / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_a_measure_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = folder(tmp_path, monkeypatch, pick_up=ONE.format(key="pick_up"))

    (found,) = plugged_in(name, "measure", Measure).values()

    assert found.kinds == {"call.rang"}


def test_two_measures_with_one_key_stop_the_start_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ONE.format(key="pick_up")
    name = folder(tmp_path, monkeypatch, one=text, other=text)

    with pytest.raises(SocketProblem, match="both pick_up"):
        plugged_in(name, "measure", Measure)


def test_a_file_without_a_measure_stops_the_start_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = folder(tmp_path, monkeypatch, notes="")

    with pytest.raises(SocketProblem, match="offers no"):
        plugged_in(name, "measure", Measure)
