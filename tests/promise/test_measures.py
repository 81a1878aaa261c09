"""The socket: a file in the folder is a measure, and no two share a key."""

import subprocess
import sys
from pathlib import Path

import pytest

from unbroken.promise import measures
from unbroken.promise.measures import MeasureProblem, all_measures, gather

ONE = """
from unbroken.ground.words import _
from unbroken.promise.measure import Measure
measure = Measure(key={key!r}, label=_("Pick up"), starts_on={{"call.rang": None}})
"""


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    name = f"measures_{abs(hash(str(tmp_path)))}"
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

    (found,) = gather(name, [str(tmp_path / name)]).values()

    assert found.kinds == {"call.rang"}


def test_two_measures_with_one_key_stop_the_start_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ONE.format(key="pick_up")
    name = folder(tmp_path, monkeypatch, one=text, other=text)

    with pytest.raises(MeasureProblem, match="both pick_up"):
        gather(name, [str(tmp_path / name)])


def test_a_file_without_a_measure_stops_the_start_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = folder(tmp_path, monkeypatch, notes="")

    with pytest.raises(MeasureProblem, match="offers no"):
        gather(name, [str(tmp_path / name)])


def test_our_measures_come_in_the_order_in_which_people_read_them() -> None:
    named = [key for key in all_measures() if key in ("pick_up", "first_answer", "next_answer")]
    assert named == ["pick_up", "first_answer", "next_answer"]


def test_no_measure_leans_on_another() -> None:
    for path in Path(measures.__path__[0]).glob("[!_]*.py"):
        assert "unbroken.promise.measures" not in path.read_text()


def test_sums_and_judgements_know_no_database() -> None:
    pure = "unbroken.promise.timeline, unbroken.promise.book, unbroken.promise.measures"
    check = (
        f"import sys, {pure}; {pure.split(', ')[2]}.all_measures(); print('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_every_kind_that_a_measure_names_exists() -> None:
    from unbroken.conversation import events  # noqa: F401
    from unbroken.ground.events import KINDS

    assert measures.kinds() - measures.TO_COME <= KINDS.keys()
    assert not measures.TO_COME & KINDS.keys()
