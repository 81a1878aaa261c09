"""One file holds everything, and goes back only into an empty desk."""

import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import settle
from tests.house.desk import Desk, a_desk
from unbroken.house.postgres_binaries import find_binaries

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is down, with customers in it and a list of what it sent."""
    folder = tmp_path_factory.mktemp("furnished")
    with a_desk(folder / "data", is_made=True) as desk:
        inventory = folder / "inventory.json"
        anneke = {"id": "c-77", "name": "Anneke de Wit", "kind": "household", "language": "en"}
        inventory.write_text(json.dumps({"customers": [anneke]}))
        taken = desk.unbroken("import", "inventory", str(inventory))
        assert taken.returncode == 0, taken.stderr
        sent = desk.data / "sent"
        sent.mkdir(exist_ok=True)
        (sent / "1.eml").write_bytes(b"Subject: hello\r\n\r\n")
        yield desk


@pytest.fixture(scope="module")
def backup(furnished: Desk) -> Path:
    """Its backup."""
    file = furnished.data.parent / "desk.backup"
    made = furnished.unbroken("backup", str(file))
    assert made.returncode == 0, made.stderr
    return file


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """Another machine, as far as a test can have one."""
    with a_desk(tmp_path / "other data") as desk:
        yield desk


def test_a_backup_comes_back_on_another_machine(furnished: Desk, backup: Path, other: Desk) -> None:
    restored = other.unbroken("restore", str(backup))

    assert restored.returncode == 0, restored.stderr
    assert (other.data / "secret_key").read_text() == (furnished.data / "secret_key").read_text()
    assert (other.data / "sent" / "1.eml").exists()
    again = other.unbroken("backup", str(other.data / "again.backup"))
    assert again.returncode == 0, again.stderr
    assert tables_in(other.data / "again.backup") == tables_in(backup)
    other.start()
    assert other.answers()


def test_a_desk_in_which_something_happened_is_never_overwritten(
    furnished: Desk, backup: Path
) -> None:
    refused = furnished.unbroken("restore", str(backup))

    assert refused.returncode == 3
    assert "not empty" in refused.stderr


def test_a_running_desk_is_not_restored_into(backup: Path, other: Desk) -> None:
    settle(other.data)
    other.start()

    refused = other.unbroken("restore", str(backup))

    assert refused.returncode == 3
    assert "down" in refused.stderr


def test_a_file_that_is_no_backup_is_told(other: Desk, tmp_path: Path) -> None:
    """A text, a tar with a way out of its folder, a tar with a link, half a backup."""
    text = tmp_path / "text"
    text.write_text("no backup")
    climbing = tmp_path / "climbing"
    with tarfile.open(climbing, "w") as archive:
        archive.add(text, "../../escaped")
    linking = tmp_path / "linking"
    (tmp_path / "link").symlink_to("/etc/passwd")
    with tarfile.open(linking, "w") as archive:
        archive.add(tmp_path / "link", "kept/secret_key")

    for file in (text, climbing, linking, tmp_path / "absent"):
        refused = other.unbroken("restore", str(file))

        assert refused.returncode == 3, file
        assert "no backup" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "escaped").exists()


def test_a_backup_cut_short_leaves_the_desk_empty_and_usable(
    backup: Path, other: Desk, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    with tarfile.open(backup) as whole, tarfile.open(half, "w") as archive:
        manifest = whole.getmember("manifest.json")
        archive.addfile(manifest, whole.extractfile(manifest))
        dump = whole.getmember("database.dump")
        dump.size //= 2
        archive.addfile(dump, whole.extractfile(dump))

    refused = other.unbroken("restore", str(half))
    assert refused.returncode == 3, refused.stderr

    restored = other.unbroken("restore", str(backup))
    assert restored.returncode == 0, restored.stderr


def test_whoever_was_erased_after_the_backup_is_erased_again(
    furnished: Desk, backup: Path, other: Desk, tmp_path: Path
) -> None:
    erased = tmp_path / "erased.jsonl"
    line = {"whose": "contact:1", "reason": "asked to be forgotten", "at": "2026-11-01T10:00:00"}
    erased.write_text(json.dumps(line) + '\n{"cut off')

    restored = other.unbroken("restore", str(backup), "--erased", str(erased))

    assert restored.returncode == 0, restored.stderr
    assert "contact:1" in restored.stdout
    assert "contact:1" in (other.data / "erased.jsonl").read_text()


def test_a_backup_is_private(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def tables_in(backup: Path) -> dict[str, int]:
    """How many rows each table has in a dump."""
    folder = backup.with_suffix(".unpacked")
    with tarfile.open(backup) as archive:
        archive.extract("database.dump", folder)
    listed = subprocess.run(
        [find_binaries().program("pg_restore"), "--data-only", "-f", "-", folder / "database.dump"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    sizes: dict[str, int] = {}
    name = ""
    for row in listed.splitlines():
        if row.startswith("COPY "):
            name = row.split()[1]
            sizes[name] = 0
        elif row == "\\.":
            name = ""
        elif name:
            sizes[name] += 1
    return sizes
