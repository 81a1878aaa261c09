"""How soon many open screens hear of a change, and what they cost.

    bin/bench screens --data DIR [--screens 1000] [--changes 50] [--bells 0]

The folder was filled by `bench/load_million.py`. Every screen is a live line of an agent's list,
kept open as a browser keeps it; `--bells` of them stand on another page, whose line only rings (no
change of this bench rings for them: they cost, and must hear nothing). A change is a note by API;
its delay is counted from the moment the request is sent until a screen has read the news, so what
the change itself takes is in it. The last line on standard output is a JSON document: milliseconds
over all screens and changes, and the desk's memory (PSS, PostgreSQL included) before and with them.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from urllib.request import HTTPCookieProcessor, Request, build_opener

from flatness import HERE, Desk

AGENTS = 10
PATIENCE_SECONDS = 20.0


class Screen:
    """One open page of an agent."""

    def __init__(self, cookie: str, path: str = "/live") -> None:
        self.cookie, self.path = cookie, path
        self.heard: dict[int, float] = {}

    async def look(self, port: int, is_open: asyncio.Semaphore) -> None:
        """Keep the line open and note when each ticket was spoken of."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = (
            f"GET {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Cookie: {self.cookie}",
            "",
            "",
        )
        writer.write("\r\n".join(asked).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(head.decode())
        is_open.release()
        while line := await reader.readline():
            if line.startswith(b"data: "):
                number = json.loads(line[6:]).get("ticket", 0)  # the bell names none
                self.heard.setdefault(number, time.perf_counter())


async def measure(
    desk: Desk, port: int, count: int, changes: int, bells: int = 0
) -> dict[str, object]:
    """Open the screens, make the changes one after the other, and see who heard when."""
    before = memory_of(desk.data)
    cookies = [signed_in(desk, number) for number in range(AGENTS)]
    screens = [Screen(cookies[number % AGENTS]) for number in range(count)]
    is_open = asyncio.Semaphore(0)
    began = time.perf_counter()
    others = [Screen(cookies[number % AGENTS], "/live?bell=1") for number in range(bells)]
    every = [*screens, *others]
    lines = [asyncio.create_task(screen.look(port, is_open)) for screen in every]
    for _screen in every:
        await is_open.acquire()
    opened = time.perf_counter() - began
    await asyncio.sleep(2.0)
    delays: list[float] = []
    deaf = 0
    for number in desk.numbers[:changes]:
        sent = time.perf_counter()
        await asyncio.to_thread(note, desk, number)
        while not all(number in screen.heard for screen in screens):
            if time.perf_counter() - sent > PATIENCE_SECONDS:
                break
            await asyncio.sleep(0.05)
        heard = [screen.heard[number] for screen in screens if number in screen.heard]
        deaf += count - len(heard)
        delays += [(at - sent) * 1000 for at in heard]
    with_screens = memory_of(desk.data)
    for line in lines:
        line.cancel()
    return {
        "screens": count, "bells": bells, "rang": sum(bool(one.heard) for one in others),
        "changes": changes, "not heard": deaf,
        "p50 ms": round(median(delays), 1), "p99 ms": round(quantiles(delays, n=100)[98], 1),
        "worst ms": round(max(delays), 1), "seconds to open": round(opened, 1),
        "PSS MB before": before, "PSS MB with screens": with_screens,
    }  # fmt: skip


def signed_in(desk: Desk, number: int) -> str:
    """The cookies of one agent's browser."""
    cookies = CookieJar()
    desk.opener, desk.cookies = build_opener(HTTPCookieProcessor(cookies)), cookies
    desk.get("/sign-in")
    desk.post("/sign-in", {"email": f"agent{number}@bench.example", "password": "bench by night"})
    return "; ".join(f"{one.name}={one.value}" for one in cookies)


def note(desk: Desk, number: int) -> None:
    """Another system writes a note on a ticket."""
    body = json.dumps({"text": "Seen from afar."}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {desk.token}"}
    address = f"{desk.base}/api/tickets/{number}/notes"
    desk.opener.open(Request(address, body, headers), timeout=60)


def memory_of(data: Path) -> float:
    """MB of all processes that were started for this folder, shared pages counted once."""
    mark, total = f"UNBROKEN_DATA={data}".encode(), 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                told = (process / "smaps_rollup").read_text()
                total += int(told.partition("\nPss:")[2].split()[0])
        except OSError:
            continue  # it ended meanwhile
    return round(total / 1024, 1)


def main() -> int:
    """Start the desk, measure, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--screens", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--bells", type=int, default=0)
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = f"{HERE}:{HERE / 'bench'}"
    with Desk("small", args.data) as desk:
        port = int(desk.base.rpartition(":")[2])
        print(json.dumps(asyncio.run(measure(desk, port, args.screens, args.changes, args.bells))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
