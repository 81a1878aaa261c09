"""How many accounting packets the RADIUS door acknowledges, each durable before its answer.

    bin/bench radius --peers FOLDER [--data DIR] [--window 1,8,64,200] [--seconds 10]

FOLDER holds the peer-neutral generator (radius_load.py) that also measures FreeRADIUS. Beside its
figures this prints the processor time of the door, of PostgreSQL and of the loop that folds the
packets into sessions, and how long the last packet waited for that: on a machine where others work
too only processor time can be compared.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
SECRET = "testing123"
INVENTORY = {
    "resources": [
        {"id": "nas-1", "kind": "nas", "address": "127.0.0.1", "radius_secret": SECRET},
        *(
            {"id": f"bras{n}", "kind": "nas", "address": f"10.0.0.{n}"}
            for n in range(1, 9)
        ),
    ]
}  # fmt: skip


def main() -> int:
    """Start a desk of its own, speak to it, say what it took."""
    asked = _options()
    environment = os.environ | {
        "UNBROKEN_DATA": asked.data,
        "UNBROKEN_HTTP": "127.0.0.1:18390",
        "UNBROKEN_LMTP": "127.0.0.1:18391",
        "UNBROKEN_SMTP": "127.0.0.1:18392",
        "UNBROKEN_RADIUS": "127.0.0.1:18393",
    }
    run = [str(ROOT / "bin/run"), "--empty", "--data", asked.data, "--detach"]
    subprocess.run(run, env=environment, check=True, stdout=subprocess.DEVNULL)
    try:
        _know_the_nases(environment)
        for window in asked.window.split(","):
            print(json.dumps(_measured(asked, window, environment)), flush=True)
    finally:
        subprocess.run([str(ROOT / "bin/unbroken"), "down"], env=environment, check=False)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--data", default="/tmp/unbroken-bench-radius")
    parser.add_argument("--window", default="1,8,64,200")
    parser.add_argument("--seconds", default="10")
    parser.add_argument("--repeats", default="1")
    return parser.parse_args()


def _know_the_nases(environment: dict[str, str]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(INVENTORY, file)
        file.flush()
        command = [str(ROOT / "bin/unbroken"), "import", "inventory", file.name]
        subprocess.run(command, env=environment, check=True, stdout=sys.stderr)


def _measured(
    asked: argparse.Namespace, window: str, environment: dict[str, str]
) -> dict[str, object]:
    before = _processor_seconds(Path(asked.data))
    load = [sys.executable, f"{asked.peers}/radius_load.py", "--port", "18393", "--secret", SECRET]
    load += ["--window", window, "--seconds", asked.seconds, "--repeats", asked.repeats]
    said = subprocess.run(load, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(said.stdout.splitlines()[-1])
    took = _processor_seconds(Path(asked.data))
    began = time.monotonic()
    _until_folded(environment)
    folded = _processor_seconds(Path(asked.data))
    acked = max(1, found["acked"])
    wanted = ("window", "acked", "pps", "p50_ms", "p99_ms", "resent")
    return {name: found[name] for name in wanted} | {
        "load_average": round(os.getloadavg()[0], 1),
        "cpu_us_until_answered": {
            name: round((took[name] - before[name]) * 1e6 / acked) for name in took
        },
        "cpu_us_with_folding": {
            name: round((folded[name] - before[name]) * 1e6 / acked) for name in folded
        },
        "folded_after_s": round(time.monotonic() - began, 1),
    }


def _until_folded(environment: dict[str, str]) -> None:
    sessions = [str(ROOT / "bin/unbroken"), "sessions", "nobody"]
    subprocess.run(sessions, env=environment, check=True, stdout=subprocess.DEVNULL)


def _processor_seconds(data: Path) -> dict[str, float]:
    """Of the door, of PostgreSQL and of the rest of this desk, since they began."""
    postmaster = next(data.glob("postgres-*/postmaster.pid")).read_text().split()[0]
    spent = {"door": 0.0, "postgres": _spent(postmaster), "folding": 0.0}
    spent["postgres"] += sum(_spent(child) for child in _children(postmaster))
    for child in _children(_parent_of_door(data)):
        title = Path(f"/proc/{child}/cmdline").read_bytes().rstrip(b"\0")
        kind = {b"unbroken doors network": "door"}.get(title)
        if title.startswith(b"unbroken watch"):
            kind = "folding"
        if kind:
            spent[kind] += _spent(child)
    return spent


def _parent_of_door(data: Path) -> str:
    sys.path.insert(0, str(ROOT))
    from unbroken.house.behind import running_pid

    return str(running_pid(data))


def _children(process: str) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def _spent(process: str) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / TICK


if __name__ == "__main__":
    sys.exit(main())
