"""How many records a second the detector of silences hears from a file, and how much it keeps.

    bin/bench silences [--lines 15000] [--hours 24] [--file FILE]

The file is written first: interims of every line each ten minutes, a reset of each once a day, six
cuts of a cable of 48 in all, a record a line. Then it is read twice in processes of their own: once
alone, each line made into a sign (the floor), once with the detector hearing it. Told are
processor time, since the machine may have other work, the ratio of the two, and the memory of the
process after a third of the file and at its end: it may grow with lines, not with records. The last
line on standard output is a JSON document.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE)]

from unbroken.evidence.facts import Element  # noqa: E402
from unbroken.evidence.silence import signs  # noqa: E402
from unbroken.evidence.silence.fold import Detector  # noqa: E402
from unbroken.evidence.silence.network import Network  # noqa: E402
from unbroken.evidence.silence.signs import Sign  # noqa: E402

ON_A_CABLE, CABLES_ON_A_NODE = 48, 8
INTERIM, DAY, CUTS, CUT_SECONDS = 600.0, 86_400.0, 6, 1_800.0
BEGAN = 1_780_000_000.0


def main() -> int:
    """Write, read alone, read with the detector."""
    asked = _options()
    if asked.hear is not None:
        print(json.dumps(_read(Path(asked.file), asked.lines, hears=asked.hear)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(asked.file or Path(folder) / "records")
        if not file.exists():
            _write(file, asked.lines, asked.hours)
        floor, heard = (_in_a_process(file, asked.lines, hears) for hears in (0, 1))
    each = heard["processor_us"] - floor["processor_us"]
    told = {
        "records": heard["records"], "bytes": heard["bytes"],
        "read_alone_us": floor["processor_us"], "with_detector_us": heard["processor_us"],
        "detector_us": round(each, 2), "records_a_second": round(1e6 / heard["processor_us"]),
        "to_the_floor": round(heard["processor_us"] / floor["processor_us"], 2),
        "mb_after_a_third": heard["mb_third"], "mb_at_the_end": heard["mb"],
        "mb_read_alone": floor["mb"], "silences": heard["silences"],
        "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(json.dumps(told))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=15_000)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--file", default="")
    parser.add_argument("--hear", type=int, choices=(0, 1), help=argparse.SUPPRESS)
    return parser.parse_args()


def _write(file: Path, lines: int, hours: float) -> None:
    print("writing", file=sys.stderr)
    chance = Random(7)
    until = BEGAN + hours * 3600
    cut_at = {
        chance.randrange(lines // ON_A_CABLE): BEGAN + 3600 + n * (hours - 2) * 3600 / CUTS
        for n in range(CUTS)
    }
    told = (_of_a_line(n, until, cut_at.get(n // ON_A_CABLE, 0.0), Random(n)) for n in range(lines))
    with file.open("w", encoding="ascii") as out:
        out.writelines(f"{at:.3f}\t{rest}\n" for at, rest in merge(*told))


def _of_a_line(n: int, until: float, cut: float, chance: Random) -> Iterator[tuple[float, str]]:
    """One line's records, by time: interims, a reset a day, and what a cut makes of them."""
    at = BEGAN + chance.random() * INTERIM
    reset = BEGAN + chance.random() * DAY
    session = 1
    yield at, f"{signs.START}\ts{n}\tbng\t{session}\t"
    while at < until:
        following = min(at + INTERIM, reset)
        if cut and at < cut <= following:
            gone = cut + chance.random() * 40
            yield gone, f"{signs.STOP}\ts{n}\tbng\t{session}\tLost Carrier"
            at, cut = gone + CUT_SECONDS + chance.random() * 60, 0.0
            session += 1
            yield at, f"{signs.START}\ts{n}\tbng\t{session}\t"
        elif following == reset:
            yield reset, f"{signs.STOP}\ts{n}\tbng\t{session}\tSession Timeout"
            at, reset, session = reset + 6, reset + DAY, session + 1
            yield at, f"{signs.START}\ts{n}\tbng\t{session}\t"
        else:
            at = following
            yield at, f"{signs.ALIVE}\ts{n}\tbng\t{session}\t"


def _in_a_process(file: Path, lines: int, hears: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--file", str(file), "--lines", str(lines)]
    done = subprocess.run([*command, "--hear", str(hears)], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _read(file: Path, lines: int, *, hears: int) -> dict[str, float]:
    detector = Detector(_network(lines))
    size = file.stat().st_size
    begun, count, read, third = time.process_time(), 0, 0, 0.0
    with file.open(encoding="ascii") as told:
        for line in told:
            received, kind, subject, nas, session, why = line[:-1].split("\t")
            at = float(received)
            sign = Sign(at, at, kind, subject, nas, session, why)
            if hears:
                detector.hear(sign)
            count += 1
            read += len(line)
            if not third and read * 3 >= size:
                third = _megabytes()
    spent = (time.process_time() - begun) * 1e6 / max(1, count)
    return {
        "records": count, "bytes": size, "processor_us": round(spent, 2), "mb_third": third,
        "mb": _megabytes(), "silences": len(detector.silent),
    }  # fmt: skip


def _network(lines: int) -> Network:
    cables = -(-lines // ON_A_CABLE)
    elements = [Element("bng", "nas")]
    nodes = -(-cables // CABLES_ON_A_NODE)
    elements += [Element(f"node-{n}", "dslam", ("bng",)) for n in range(nodes)]
    elements += [
        Element(f"cable-{n}", "cable", (f"node-{n // CABLES_ON_A_NODE}",)) for n in range(cables)
    ]
    elements += [Element(f"line-{n}", "line", (f"cable-{n // ON_A_CABLE}",)) for n in range(lines)]
    return Network(elements, {f"s{n}": f"line-{n}" for n in range(lines)})


def _megabytes() -> float:
    """What this process has just now."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return round(int(told.partition("VmRSS:")[2].split()[0]) / 1024, 1)


if __name__ == "__main__":
    sys.exit(main())
