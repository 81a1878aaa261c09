"""As whom PostgreSQL runs: it refuses to be root, and must reach its programs and its folder."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path

from unbroken.house.postgres_binaries import Binaries
from unbroken.house.postgres_folder import CannotServe

LEASH = Path(__file__).with_name("leash.py")


def runs_as(folder: Path, binaries: Binaries, *, may_map: bool = True) -> str:
    """As whom the server runs, in the words of the leash: PostgreSQL refuses to be root.

    An ordinary user as himself. Root as the folder's owner when that is somebody else; else
    in a user namespace, where nothing need be created or given away; else as nobody.
    """
    if os.geteuid() != 0:
        return "same"
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return f"{owner.st_uid}:{owner.st_gid}"
    return "mapped" if may_map and _can_map(binaries) else _nobody()


def _nobody() -> str:
    nobody = pwd.getpwnam("nobody")
    return f"{nobody.pw_uid}:{nobody.pw_gid}"


@cache
def _can_map(binaries: Binaries) -> bool:
    trial = leashed("mapped", [binaries.program("postgres"), "--version"])
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def leashed(who: str, command: list[str]) -> list[str]:
    tie = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(signal.SIGINT)), who]
    return [*tie, *command]


def program_for(name: str, binaries: Binaries, who: str, data: Path) -> str:
    """The program's path; a copy under the data folder when `who` cannot reach the original."""
    original = binaries.program(name)
    if who in ("same", "mapped") or _runs(who, original):
        return original
    copy = data / f"postgres-{binaries.major}-programs"
    if not copy.exists():
        scratch = copy.with_suffix(".making")
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(binaries.folder.parent, scratch, symlinks=True)
        scratch.rename(copy)
    data.chmod(0o711)
    program = str(copy / "bin" / name)
    if not _runs(who, program):
        raise CannotServe(
            f"PostgreSQL may not run as root, and the user {who} cannot reach {data}; "
            "name another data folder with --data DIR, or start the desk as an ordinary user."
        )
    return program


def _runs(who: str, program: str) -> bool:
    trial = leashed(who, [program, "--version"])
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def give(folder: Path, who: str) -> None:
    """Let the one who runs the server own a folder, with everything in it."""
    if who in ("same", "mapped"):
        return
    user, group = (int(part) for part in who.split(":"))
    if (mode := stat.S_IMODE(folder.parent.stat().st_mode)) & 0o011 != 0o011:
        folder.parent.chmod(mode | 0o011)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, group, follow_symlinks=False)


def make_private(folder: Path, who: str) -> None:
    """A folder that nobody else may enter; one that somebody else laid there is not used."""
    folder.mkdir(mode=0o700, exist_ok=True)
    ours = {os.geteuid(), *(int(part) for part in who.split(":")[:1] if part.isdigit())}
    if folder.is_symlink() or folder.stat().st_uid not in ours:
        raise CannotServe(f"{folder} belongs to somebody else; have it removed.")
    folder.chmod(0o700)
