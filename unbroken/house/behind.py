"""A desk in the background: leaving one there, finding it, stopping it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from unbroken.house import environment
from unbroken.house.locks import Taken, holder_of, take_lock
from unbroken.house.postgres_folder import CannotServe, open_data_folder

LOG_BYTES_MAX = 20_000_000
STOP_SECONDS_MAX = 15.0
CTRL_C = "Ctrl-C stops it."


def take_desk_lock(data: Path) -> IO[str]:
    """Ours for as long as the desk runs; CannotServe when another desk runs there."""
    try:
        return take_lock(data / "desk.lock", purpose="a desk", patience_seconds=1.0)
    except Taken as taken:
        raise CannotServe(
            f"{taken} `./bin/unbroken down` stops it; --data DIR starts another beside it."
        ) from taken


def running_pid(data: Path) -> int:
    """The process of the desk that runs on this data folder; 0 when none does."""
    holder = holder_of(data / "desk.lock")
    return int(holder.rpartition(" ")[2].rstrip(")")) if holder else 0


def down(data: Path) -> bool:
    """Stop the desk of this data folder; False when none was running."""
    pid = running_pid(data)
    if not pid:
        return False
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS_MAX
    while running_pid(data) == pid:
        if time.monotonic() > until:
            raise CannotServe(f"The desk (process {pid}) does not stop; end it with kill -9.")
        time.sleep(0.1)
    return True


def up_behind(arguments: Sequence[str]) -> int:
    """Leave a desk running in the background and come back when it answers."""
    data = environment.read().data
    open_data_folder(data)
    log_path = data / "desk.log"
    if log_path.exists() and log_path.stat().st_size > LOG_BYTES_MAX:
        log_path.rename(log_path.with_suffix(".log.1"))
    began_at = log_path.stat().st_size if log_path.exists() else 0
    hello, hello_to = os.pipe()
    command = ["up", *arguments, "--hello-to", str(hello_to)]
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "unbroken.house.cli", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[hello_to],
        )
    os.close(hello_to)
    with os.fdopen(hello) as listening:
        said = listening.read()
    if said:
        print(said.replace(CTRL_C, "./bin/unbroken down stops it."), end="")
        return 0
    with log_path.open("rb") as log:
        log.seek(began_at)
        sys.stderr.write(log.read().decode(errors="replace"))
    return process.wait() or 3
