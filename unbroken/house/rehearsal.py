"""One clock for a whole rehearsal: the desk, its restarts, and every command beside it.

With UNBROKEN_CLOCK=START@SPEED the desk's time passes faster than the real one. When the
rehearsal began in real time is noted in the data folder by the first who takes part; whoever
comes later with the same setting joins, so that the clock never falls back.
"""

import os
from datetime import UTC, datetime

from unbroken.house.environment import Environment
from unbroken.house.notes import Notes
from unbroken.house.postgres_folder import open_data_folder

NOTE = "rehearsal"
EPOCH = "UNBROKEN_CLOCK_EPOCH"


def join(read: Environment) -> None:
    """Take part in the rehearsal of this data folder, if there is one."""
    if not read.clock or EPOCH in os.environ:
        return
    open_data_folder(read.data)
    notes = Notes(read.data)
    noted_clock, _, noted_epoch = notes.read(NOTE).partition("\n")
    if noted_clock != read.clock:
        noted_epoch = datetime.now(UTC).isoformat()
        notes.write(NOTE, f"{read.clock}\n{noted_epoch}")
    os.environ[EPOCH] = noted_epoch
