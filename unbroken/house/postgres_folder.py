"""The folder in which the embedded PostgreSQL keeps everything: made once, never overwritten.

    DATA/postgres-18      the database, named by its major version
    DATA/desk.json        says that it was made; without the folder beside it something is wrong
    DATA/socket           where it answers (a folder under /tmp when that path is too long)

Nothing here starts a server; `postgres` does.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

PORT = "5432"  # only part of the socket's name: nothing listens on the network
SOCKET_PATH_BYTES_MAX = 100
PARTS = ("global", "base", "pg_wal", "pg_xact")


class CannotServe(Exception):
    """There is no database to work with; the text says why and what to do."""


def database_folder(data: Path, major: int) -> Path:
    """Where a PostgreSQL of this major version keeps its files."""
    return data / f"postgres-{major}"


def socket_folder(data: Path) -> Path:
    """Where the server of this data folder answers; the same for everybody who asks."""
    near = data / "socket"
    if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES_MAX:
        return near
    short = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / f"unbroken-{short}"


def open_data_folder(data: Path) -> None:
    """See to it that the data folder is there and may be written."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except FileExistsError as error:
        raise CannotServe(f"{data} is a file; name a folder with --data DIR.") from error
    except OSError as error:
        raise CannotServe(
            f"The data folder {data} cannot be written ({error.strerror}); "
            "name another one with --data DIR or change its owner."
        ) from error


def is_made(data: Path, major: int) -> bool:
    """Whether the database is there, whole; CannotServe when it is there but not whole."""
    folder = database_folder(data, major)
    if (data / "PG_VERSION").exists() or (data / "pg_wal").exists():
        raise CannotServe(
            f"{data} is itself the folder of some PostgreSQL; name an empty folder with --data DIR."
        )
    if not folder.exists():
        _refuse_lost_or_older(data, folder)
        return False
    try:
        version = (folder / "PG_VERSION").read_text().strip()
        control_bytes = (folder / "global" / "pg_control").stat().st_size
        lacking = [part for part in PARTS if not any((folder / part).iterdir())]
    except OSError as error:
        raise CannotServe(_broken(folder, f"{_name(error)}: {error.strerror}")) from error
    if version != str(major):
        raise CannotServe(_broken(folder, f"PG_VERSION says {version!r} and not {major}"))
    if lacking or control_bytes == 0:
        raise CannotServe(_broken(folder, f"{(lacking or ['pg_control'])[0]} is empty"))
    return True


@contextlib.contextmanager
def being_made(data: Path, major: int) -> Iterator[Path]:
    """A folder to make the database in; it gets its name only when it is complete.

    What an interrupted first start left behind never held a row, so it is thrown away.
    """
    making = data / f"postgres-{major}.making"
    if making.exists():
        shutil.rmtree(making)
    making.mkdir(mode=0o700)
    yield making
    os.sync()
    making.rename(database_folder(data, major))


def remember_made(data: Path, major: int) -> None:
    """Note that this data folder has a database, so that its loss is noticed."""
    note = data / "desk.json"
    if not note.exists():
        scratch = data / "desk.json.new"
        scratch.write_text(json.dumps({"database": database_folder(data, major).name}) + "\n")
        scratch.rename(note)


def server_processes(folder: Path) -> list[int]:
    """The processes of a PostgreSQL that works on this folder, whoever started it."""
    if not Path("/proc/self").exists():
        return [pid] if (pid := noted_pid(folder)) and _is_alive(pid) else []
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                is_postgres = (entry / "comm").read_text().startswith("postgres")
                if is_postgres and Path(os.readlink(entry / "cwd")) == folder:
                    found.append(int(entry.name))
    return found


def noted_pid(folder: Path) -> int:
    """The process that says in postmaster.pid that it serves this folder; 0 when none does."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((folder / "postmaster.pid").read_text().splitlines()[0])
    return 0


def clear_away_old_server(folder: Path, sockets: Path) -> None:
    """End what an earlier, killed desk left running here, then its stale lock files.

    Only called by the one who holds the data folder's lock: nobody else's server can be meant.
    It is mostly shutting down already, because its leash broke; then it is only waited for.
    """
    began = time.monotonic()
    stages = [(0.5, signal.SIGINT), (7.0, signal.SIGQUIT), (13.0, signal.SIGKILL)]
    while processes := server_processes(folder):
        if stages and time.monotonic() - began > stages[0][0]:
            _, with_signal = stages.pop(0)
            for process in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, with_signal)
        if time.monotonic() - began > 25:
            raise CannotServe(
                f"An old PostgreSQL (process {processes[0]}) still works on {folder} and does not "
                "stop; end it, then start again."
            )
        time.sleep(0.05)
    for stale in (folder / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _refuse_lost_or_older(data: Path, folder: Path) -> None:
    others = sorted(path.name for path in data.glob("postgres-*") if path.suffix != ".making")
    others = [name for name in others if (data / name).is_dir()]
    if others:
        raise CannotServe(
            f"{data} holds {others[-1]}, made by another PostgreSQL version than {folder.name}; "
            "back it up with the release that made it and restore that into an empty folder."
        )
    if (data / "desk.json").exists():
        raise CannotServe(
            f"The database folder {folder} is gone, though {data / 'desk.json'} says that it was "
            "made. Bring it back, or restore a backup into an empty folder (--data DIR)."
        )


def _broken(folder: Path, what: str) -> str:
    return (
        f"The database folder {folder} is broken or only half made ({what}). It was left as it is: "
        "restore a backup into an empty folder (--data DIR), or move this one away to begin anew."
    )


def _name(error: OSError) -> str:
    return Path(error.filename).name if error.filename else "a file"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
