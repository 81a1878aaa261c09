"""What scripts may rely on: one JSON document, exit 0, 1 or 3, one plain sentence on trouble."""

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

from tests.directory.inventories import ITEMS, LINDENHOF, with_contact
from unbroken.directory.commands import import_inventory
from unbroken.directory.models import Customer

pytestmark = pytest.mark.django_db


def run(*typed: str) -> int:
    parser = argparse.ArgumentParser()
    import_inventory.add_arguments(parser)
    return import_inventory.run(parser.parse_args(typed))


def written(folder: Path, inventory: object) -> str:
    path = folder / "inventory.json"
    path.write_text(json.dumps(inventory, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_everything_taken_in_is_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(written(tmp_path, LINDENHOF), "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["new"], said["known"], said["refused"]) == (ITEMS, ITEMS, 0, [])


def test_something_refused_is_exit_1_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, with_contact(email="nobody")), "--json") == 1

    (refused,) = json.loads(capsys.readouterr().out)["refused"]
    assert refused["item"] == "contact no. 1 of customer c-77"
    assert "e-mail" in refused["reason"]


def test_without_json_a_person_reads_the_reasons_and_the_sums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(written(tmp_path, with_contact(email="nobody")))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("contact no. 1 of customer c-77: ")
    assert lines[-1] == "11 read: 10 new, 0 known (0 changed), 1 refused."


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff\xfe"])
def test_a_file_that_is_no_inventory_is_exit_3_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "inventory.json"
    path.write_bytes(content)

    assert run(str(path), "--json") == 3

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("unbroken: This is no inventory")


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.json")

    assert run(missing) == 3
    assert missing in capsys.readouterr().err


def test_one_broken_file_among_several_changes_nothing(tmp_path: Path) -> None:
    """Accident: the second export of the night was cut off while it was copied."""
    broken = tmp_path / "broken.json"
    broken.write_text('{"customers": [')

    assert run(written(tmp_path, LINDENHOF), str(broken)) == 3
    assert not Customer.objects.exists()


def test_standard_input_is_a_file_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(json.dumps(LINDENHOF).encode()))
    monkeypatch.setattr(sys, "stdin", piped)

    assert run("-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["new"] == ITEMS
