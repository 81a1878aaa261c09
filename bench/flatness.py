"""Whether the desk is as quick with a million tickets as with ten thousand.

    bin/bench flatness --small DIR --large DIR [--rounds 200]

Both folders were filled by `bench/load_million.py` (with `--tickets 10000` and a million). Both
desks run at the same time and are asked in turn, so that whatever else the machine does falls
on both alike. The last line on standard output is a JSON document: for every page the median
and the 99th percentile in milliseconds with each, and the ratio of the medians.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE / "bench")]

SERVED_FROM = {"small": 18110, "large": 18120}
WORDS = ("lamp", "neighbours", "card node", "роутер", "лампочка", "vicini", "address")


class Desk:
    """A running desk with a million tickets or with few, and an agent signed in to it."""

    def __init__(self, name: str, data: Path) -> None:
        self.data, port = data, SERVED_FROM[name]
        self.base = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "UNBROKEN_DATA": str(data),
            "UNBROKEN_HTTP": f"127.0.0.1:{port}",
            "UNBROKEN_LMTP": f"127.0.0.1:{port + 1}",
            "UNBROKEN_SMTP": f"127.0.0.1:{port + 2}",
            "UNBROKEN_SMTP_URL": f"file://{data}/sent",
        }
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.token = ""
        self.numbers: list[int] = []

    def __enter__(self) -> "Desk":
        self._run("bin/run", "--empty", "--data", str(self.data), "--detach")
        note = self.data / "bench-token"
        if not note.exists():
            self._run(".venv/bin/python", "-c", _STAFF)
        self.token = note.read_text().strip()
        told = self._run(".venv/bin/python", "-c", _SOME).splitlines()[-1]
        self.numbers = [int(number) for number in told.split()]
        self.get("/sign-in")
        self.post("/sign-in", {"email": "agent0@bench.example", "password": "bench by night"})
        return self

    def __exit__(self, *_: object) -> None:
        self._run("bin/unbroken", "down")

    def _run(self, command: str, *words: str) -> str:
        done = subprocess.run(
            [HERE / command, *words], env=self.environment, cwd=HERE, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout

    def get(self, path: str) -> bytes:
        page: bytes = self.opener.open(self.base + path, timeout=120).read()
        return page

    def post(self, path: str, form: dict[str, str]) -> None:
        csrf = next(one.value for one in self.cookies if one.name == "unbroken_csrf") or ""
        data = urlencode({**form, "csrfmiddlewaretoken": csrf}).encode()
        self.opener.open(Request(self.base + path, data, {"Referer": self.base + "/"}), timeout=120)

    def create(self, body: dict[str, object], below: str = "") -> int:
        """By API: a ticket, or what stands below one (`/100001/notes`); its number."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        address = f"{self.base}/api/tickets{below}"
        asked = Request(address, json.dumps(body).encode(), headers)
        answer = json.loads(self.opener.open(asked, timeout=120).read())
        return int(answer.get("number") or answer.get("id") or 0)


_STAFF = """
import os, pathlib
from unbroken.house import cli
cli.set_up_rooms()
from load_corpus import staff
with cli.database_at_hand("bench"):
    token = staff()[2]
pathlib.Path(os.environ["UNBROKEN_DATA"], "bench-token").write_text(token)
"""
_SOME = """
import random
from unbroken.house import cli
cli.set_up_rooms()
from unbroken.conversation.models import TroubleTicket
with cli.database_at_hand("bench"):
    highest = TroubleTicket.objects.order_by("-id").values_list("id", flat=True)[0]
    asked = random.Random(7).sample(range(100001, highest + 1), 2000)
    print(*TroubleTicket.objects.filter(id__in=asked).values_list("id", flat=True))
"""


def pages(dice: random.Random) -> dict[str, Callable[[Desk], object]]:
    """What is asked, each a little different every time."""

    def any_number(desk: Desk) -> int:
        return dice.choice(desk.numbers)

    return {
        "list": lambda desk: desk.get("/console/"),
        "ticket": lambda desk: desk.get(f"/console/tickets/{any_number(desk)}"),
        "search": lambda desk: desk.get(f"/console/search?q={quote(dice.choice(WORDS))}"),
        "reply and page": lambda desk: desk.post(
            f"/console/tickets/{any_number(desk)}/messages",
            {"mode": "reply", "words": "We look at your line now."},
        ),
        "create by API": lambda desk: desk.create(
            {
                "name": "no sync on the DSL line",
                "description": "Since two days the lamp goes out.",
                "contact": {"email": f"customer{dice.randrange(15_000)}@load.example"},
            }
        ),
    }


def measure(small: Desk, large: Desk, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds of every page, small and large asked in turn."""
    figures = {}
    for what, ask in pages(random.Random(7)).items():
        spent: dict[str, list[float]] = {"small": [], "large": []}
        for turn in range(rounds + 5):
            for name, desk in (("small", small), ("large", large)):
                began = time.perf_counter()
                ask(desk)
                if turn >= 5:  # the first ones warm up
                    spent[name].append((time.perf_counter() - began) * 1000)
        figures[what] = {
            f"{name} {label}": round(value, 1)
            for name, values in spent.items()
            for label, value in (("p50", median(values)), ("p99", quantiles(values, n=100)[98]))
        }
        figures[what]["ratio"] = round(median(spent["large"]) / median(spent["small"]), 2)
        print(what, figures[what], file=sys.stderr, flush=True)
    return figures


def main() -> int:
    """Start both, ask, stop both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=Path, required=True)
    parser.add_argument("--large", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = f"{HERE}:{HERE / 'bench'}"
    with ExitStack() as running:
        small = running.enter_context(Desk("small", args.small))
        large = running.enter_context(Desk("large", args.large))
        print(json.dumps(measure(small, large, args.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
