"""Plays the day: a desk of its own on a sped-up clock, and everybody who knocks at its doors."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from socket import socket
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg

from town import cast
from town.bad_day.day import BadDay, Strike
from town.bad_day.doors import Nas, Post, Web
from town.bad_day.inventory import ADDRESSES, SECRET, inventory
from town.bad_day.stream import SUPPORT, Accounting, Mailed, Observed, Said, Stepped
from unbroken.ground.clock import parse_rehearsal
from unbroken.house.postgres import database_in

HERE = Path(__file__).resolve().parents[2]
SETTLING = timedelta(hours=3)
"""So much earlier the desk's clock begins, at sixty times three minutes for its start."""

QUIET_AFTER = timedelta(minutes=15)
"""So long the desk may work on after the day."""


@dataclass
class Played:
    """How the day was played."""

    late_max: float = 0.0
    repeated: int = 0
    unheard: list[str] = field(default_factory=list)


class Stage:
    """A desk that lives for one day."""

    def __init__(self, data: Path, day: BadDay, *, speed: float) -> None:
        self.data, self.day, self.speed = data, day, speed
        self.mails = data / "mails"
        http, lmtp, smtp, radius, syslog, trap, netflow = _free_ports(7)
        self.http, self.smtp, self.radius = http, smtp, radius
        clock = f"{(day.begins - SETTLING).isoformat()}@{speed:g}"
        kept = {name: text for name, text in os.environ.items() if "UNBROKEN_" not in name}
        self.environment = kept | {
            "UNBROKEN_DATA": str(data),
            "UNBROKEN_CLOCK": clock,
            "UNBROKEN_SMTP_URL": f"file://{self.mails}",
            **{
                f"UNBROKEN_{name}": f"127.0.0.1:{port}"
                for name, port in (
                    ("HTTP", http), ("LMTP", lmtp), ("SMTP", smtp), ("RADIUS", radius),
                    ("SYSLOG", syslog), ("SNMPTRAP", trap), ("NETFLOW", netflow),
                )
            },
        }  # fmt: skip
        self.token = ""
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def __enter__(self) -> "Stage":
        self.data.mkdir(parents=True, exist_ok=True)
        told = subprocess.run(
            [sys.executable, "-m", "town.bad_day.settle"], cwd=HERE, env=self.environment,
            input=json.dumps(inventory(self.day)), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if told.returncode:
            raise RuntimeError(told.stderr)
        self.token = json.loads(told.stdout.splitlines()[-1])["token"]
        self._run("run", "--empty", "--detach")
        return self

    def __exit__(self, *_: object) -> None:
        self._run("unbroken", "down")

    def _run(self, program: str, *words: str) -> None:
        command = [str(HERE / "bin" / program), *words]
        done = subprocess.run(
            command, env=self.environment, cwd=HERE, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")

    def now(self) -> datetime:
        """The desk's time."""
        epoch = (self.data / "rehearsal").read_text().split("\n")[1]
        played = parse_rehearsal(
            self.environment["UNBROKEN_CLOCK"], epoch=datetime.fromisoformat(epoch)
        )
        passed = (datetime.now(played.epoch.tzinfo) - played.epoch).total_seconds()
        return played.start + timedelta(seconds=passed * played.speed)

    def soon(self) -> datetime:
        """In a quarter of an hour of the desk's time, when everybody is awake."""
        earliest = self.day.begins.replace(hour=7, minute=10)
        there = self.now().astimezone(earliest.tzinfo).replace(second=0, microsecond=0)
        return max(earliest, there + QUIET_AFTER)

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Cursor[tuple[object, ...]]]:
        """What the desk has on record, for whoever judges it."""
        where = database_in(self.data)
        with (
            psycopg.connect(
                host=where.host, port=where.port, user=where.user, dbname=where.name
            ) as connection,
            connection.cursor() as cursor,
        ):
            yield cursor

    def sign_in(self) -> None:
        """As the one who speaks with the crews."""
        self._open("/sign-in")
        self._submit("/sign-in", {"email": cast.SOFIE.email, "password": cast.PASSWORD})

    def step(self, strike: Strike, step: str) -> bool:
        """A crew's step, on the page of its problem; False: the desk knows of none."""
        page = self._open("/console/problems").decode()
        for number in dict.fromkeys(re.findall(r"/console/problems/(\d+)", page)):
            found = self._open(f"/console/problems/{number}").decode()
            if re.search(rf"\b{re.escape(strike.element)}\b", found):
                form = {"deed": "step", "step": step, "minutes": "20"}
                self._submit(f"/console/problems/{number}/changes", form)
                return True
        return False

    def _open(self, path: str) -> bytes:
        base = f"http://127.0.0.1:{self.http}"
        return bytes(self.opener.open(base + path, timeout=60).read())

    def _submit(self, path: str, form: dict[str, str]) -> None:
        base = f"http://127.0.0.1:{self.http}"
        csrf = next(one.value for one in self.cookies if one.name == "unbroken_csrf") or ""
        data = urlencode({**form, "csrfmiddlewaretoken": csrf}).encode()
        self.opener.open(Request(base + path, data, {"Referer": base + "/"}), timeout=60)


def play(stage: Stage, said: list[Said]) -> Played:
    """Say everything at its time; what nobody hears is noted, and the day goes on."""
    played = Played()
    web = Web(f"http://127.0.0.1:{stage.http}", stage.token)
    post = Post("127.0.0.1", stage.smtp)
    stage.sign_in()
    if stage.now() > stage.day.begins:
        raise RuntimeError("the desk took longer to start than the day waits")
    with ExitStack() as open_lines:
        door = ("127.0.0.1", stage.radius)
        nases = {key: Nas(address, SECRET.encode(), door) for key, address in ADDRESSES.items()}
        for nas in nases.values():
            open_lines.enter_context(nas.line)
        for one in said:
            wait = (one.at - stage.now()).total_seconds() / stage.speed
            time.sleep(max(0.0, wait))
            played.late_max = max(played.late_max, -wait * stage.speed)
            try:
                _say(one, nases, web, post, stage)
            except OSError as problem:
                played.unheard.append(f"{one.at} {type(one).__name__} {problem}")
        played.repeated = sum(nas.repeated for nas in nases.values())
    time.sleep(((stage.day.ends + QUIET_AFTER) - stage.now()).total_seconds() / stage.speed)
    return played


def _say(one: Said, nases: dict[str, Nas], web: Web, post: Post, stage: Stage) -> None:
    match one:
        case Accounting():
            nases[one.nas].tell(
                one.status, one.user, one.session, at=one.at, seconds=one.seconds,
                octets=one.octets, cause=one.cause,
            )  # fmt: skip
        case Observed():
            web.post("/api/observations", list(one.lines))
        case Mailed():
            post.send(one.sender, SUPPORT, one.subject, one.text, at=one.at, calendar=one.calendar)
        case Stepped():
            if not stage.step(one.strike, one.step):
                raise OSError(f"no problem is open at {one.strike.element}")


def stop_hard(data: Path) -> None:
    """Whatever is left of a desk that would not go."""
    with contextlib.suppress(OSError, ValueError):
        os.kill(int((data / "up.pid").read_text()), signal.SIGKILL)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        found = []
        for _ in range(count):
            trial = held.enter_context(socket())
            trial.bind(("127.0.0.1", 0))
            found.append(int(trial.getsockname()[1]))
        return found
