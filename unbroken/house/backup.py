"""One file with everything, restorable on another machine.

    manifest.json    what it is: release, time, PostgreSQL, migrations
    database.dump    the whole database, mail and files included, as pg_dump keeps it
    kept/…           the secret key, the list of erasures, the notes and mail of the data folder

A backup is written beside its name and renamed when complete. A restore goes only into an
empty desk, in one transaction, and afterwards repeats every erasure that the backup is too
old to know.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from unbroken.ground.clock import now
from unbroken.house import erasures, schema
from unbroken.house.addresses import Database, database_from_url
from unbroken.house.notes import Notes
from unbroken.house.postgres import database_in
from unbroken.house.postgres_binaries import Binaries, all_binaries
from unbroken.house.postgres_folder import CannotServe
from unbroken.house.setting_list import SETTINGS

FORMAT = 1
KEPT = ("secret_key", erasures.FILE, "town", "sign-ins", "sent")


def write(file: Path) -> int:
    """Back everything up; returns the bytes written."""
    erasures.keep()
    scratch = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=_folder_of(file)) as folder:
            dump = Path(folder) / "database.dump"
            _dump(dump)
            scratch.touch(mode=0o600)
            with tarfile.open(scratch, "w") as archive:
                _add_text(archive, "manifest.json", json.dumps(_manifest(), indent=2))
                archive.add(dump, "database.dump")
                for name in KEPT:
                    if (settings.UNBROKEN.data / name).exists():
                        archive.add(settings.UNBROKEN.data / name, f"kept/{name}")
        with scratch.open("rb") as written:
            os.fsync(written.fileno())
        scratch.rename(file)
    finally:
        scratch.unlink(missing_ok=True)
    return file.stat().st_size


def read(file: Path, *, erased: Path | None) -> list[str]:
    """Restore into this empty desk; returns who was erased again."""
    with _unpacked(file) as folder:
        refuse_unless_empty()
        outside = erasures.listed(erasures.path()) + (erasures.listed(erased) if erased else [])
        _load(folder / "database.dump")
        connection.close()
        for name in KEPT:
            _put_back(folder / "kept" / name, settings.UNBROKEN.data / name)
    notes = Notes(settings.UNBROKEN.data)
    notes.forget("prepared")
    schema.upgrade()
    again = erasures.repeat(outside + erasures.listed(erasures.path()), at=now())
    erasures.keep()
    return again


def refuse_unless_empty() -> None:
    """A desk in which anything ever happened is never overwritten."""
    tables = set(connection.introspection.table_names())
    foreign = tables - _own_tables()
    if foreign:
        raise CannotServe(
            f"The database holds tables that are not ours ({sorted(foreign)[0]}, …); "
            "restore into an empty one."
        )
    with connection.cursor() as cursor:
        if "ground_event" in tables:
            cursor.execute("SELECT EXISTS (SELECT FROM ground_event)")
            if cursor.fetchone() == (True,):
                raise CannotServe(
                    "This desk is not empty, and a restore never overwrites: name an empty data "
                    "folder in UNBROKEN_DATA (or an empty database in UNBROKEN_DATABASE_URL)."
                )


def _own_tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {"django_migrations"} | {model._meta.db_table for model in models}


def _manifest() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        applied = [f"{app}.{name}" for app, name in cursor.fetchall()]
    secret = {setting.name for setting in SETTINGS if setting.is_secret}
    configured = {
        name: text
        for name, text in sorted(os.environ.items())
        if name.startswith("UNBROKEN_") and name not in secret
    }
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "django": version("django"),
        "postgresql": server,
        "migrations": applied,
        "settings": configured,
    }


def _dump(into: Path) -> None:
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={into}"]
    trouble = ""
    for binaries in all_binaries():
        done = _call(binaries, "pg_dump", *options)
        if done.returncode == 0:
            return
        trouble = trouble or done.stderr.strip()
    raise CannotServe(f"The database could not be dumped: {trouble or 'there is no pg_dump here'}")


def _load(dump: Path) -> None:
    """In one transaction: after a failure the desk is as empty as before.

    The dump becomes a script first, because a newer pg_restore speaks of settings that an
    older server does not know.
    """
    trouble = ""
    for binaries in all_binaries():
        script = dump.with_suffix(".sql")
        options = ["--no-owner", "--no-privileges", "--no-comments", f"--file={script}"]
        made = _run([binaries.program("pg_restore"), *options, str(dump)])
        if made.returncode == 0:
            _make_room()
            plain = _without_new_settings(script)
            options = ["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"]
            done = _call(binaries, "psql", *options, "--set=ON_ERROR_STOP=1", f"--file={plain}")
            if done.returncode == 0:
                return
            made = done
        trouble = trouble or made.stderr.strip()
    raise CannotServe(f"The backup could not be restored: {trouble or 'there is no psql here'}")


def _make_room() -> None:
    """Take the empty tables away; the dump brings its own."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _without_new_settings(script: Path) -> Path:
    plain = script.with_suffix(".plain.sql")
    with script.open("rb") as given, plain.open("wb") as kept:
        for number, line in enumerate(given):
            if number > 100 or not line.startswith(b"SET transaction_timeout"):
                kept.write(line)
    script.unlink()
    return plain


def _call(binaries: Binaries, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A program of PostgreSQL on our database; the password goes by the environment."""
    database = _database()
    environment = {**os.environ, "PGPASSWORD": database.password}
    open_dsn = Database(
        database.host, database.port, database.user, "", database.name, database.options
    ).dsn()
    return _run([binaries.program(name), *options, f"--dbname={open_dsn}"], environment)


def _run(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _database() -> Database:
    config = connection.settings_dict
    url = settings.UNBROKEN.database_url
    base = database_from_url(url) if url else database_in(settings.UNBROKEN.data)
    return Database(
        config["HOST"], str(config["PORT"]), config["USER"], base.password, config["NAME"],
        base.options,
    )  # fmt: skip


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=settings.UNBROKEN.data) as name:
        folder = Path(name)
        try:
            with tarfile.open(file) as archive:
                _unpack(archive, folder)
            manifest = json.loads((folder / "manifest.json").read_text())
        except (OSError, tarfile.TarError, ValueError) as error:
            raise CannotServe(f"{file} is no backup of a desk ({error}).") from error
        if manifest.get("format") != FORMAT:
            raise CannotServe(f"{file} was made by a newer release; upgrade first.")
        yield folder


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Plain files and folders below `folder` only, whatever the archive says."""
    for member in archive:
        place = Path(os.path.normpath(folder / member.name))
        if not place.is_relative_to(folder) or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} has no place in a backup")
        (place if member.isdir() else place.parent).mkdir(parents=True, exist_ok=True)
        if given := archive.extractfile(member):
            with place.open("wb") as kept:
                shutil.copyfileobj(given, kept)


def _put_back(kept: Path, place: Path) -> None:
    if kept.is_dir():
        shutil.copytree(kept, place, dirs_exist_ok=True)
    elif kept.exists() and place.name != erasures.FILE:
        shutil.copyfile(kept, place)
        place.chmod(0o600)
    elif kept.exists():
        with place.open("a", encoding="utf-8") as list_:
            list_.write(kept.read_text(encoding="utf-8"))


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = len(data), int(datetime.now(UTC).timestamp()), 0o600
    archive.addfile(entry, io.BytesIO(data))


def _folder_of(file: Path) -> Path:
    if not file.parent.is_dir():
        raise CannotServe(f"There is no folder {file.parent}.")
    return file.parent
