"""Pages in a real browser: until they can be used, how heavy they are, how often they ask.

    bin/bench browser --data DIR [--rounds 20]

Each page is opened in a browser that never was here (everything is fetched) and again in the same
one. A page can be used when it is read, its scripts have run and its first picture is drawn. The
last line on standard output is a JSON document: milliseconds from the request until then, until the
first byte, and until everything has loaded (median, 99th percentile); bytes as they came over the
wire and requests, for the first visit and the next.
"""

import argparse
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from flatness import HERE, Desk
from pages import LONG_NOTE, long_ticket

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

TIMES = """() => {
  const page = performance.getEntriesByType("navigation")[0]
  const paint = performance.getEntriesByName("first-contentful-paint")[0]
  return {
    "first byte": page.responseStart,
    "usable": Math.max(page.domContentLoadedEventEnd, paint ? paint.startTime : 0),
    "loaded": page.loadEventEnd,
  }
}"""
ALIVE = "() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0"


def visited(page: "Page", address: str) -> dict[str, float]:
    """One visit: the times the browser tells, bytes and requests."""
    answers: list[Response] = []

    def note(answer: "Response") -> None:
        if "/live" not in answer.url:  # it never ends
            answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="load")
    page.wait_for_function(ALIVE)
    times: dict[str, float] = page.evaluate(TIMES)
    page.remove_listener("response", note)
    told = [answer.request.sizes() for answer in answers]
    # What the browser had kept came over no wire and counts nothing.
    sizes = [one["responseBodySize"] + one["responseHeadersSize"] for one in told]
    return {**times, "bytes": sum(sizes), "requests": sum(one > 0 for one in sizes)}


def signed_in(browser: "Browser", desk: Desk) -> "BrowserContext":
    """A browser that was never here but for signing in."""
    context = browser.new_context(base_url=desk.base, viewport={"width": 1440, "height": 900})
    cookies = [
        {"name": one.name, "value": one.value or "", "url": desk.base} for one in desk.cookies
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    return context


def summed(found: list[dict[str, float]]) -> dict[str, object]:
    """Median and 99th percentile of each figure; the weight is the same every time."""
    told: dict[str, object] = {}
    for name in ("first byte", "usable", "loaded"):
        values = [one[name] for one in found]
        told[f"{name} p50 ms"] = round(median(values), 1)
        told[f"{name} p99 ms"] = round(quantiles(values, n=100, method="inclusive")[98], 1)
    return {**told, "kB": round(median(one["bytes"] for one in found) / 1000, 1),
            "requests": median(one["requests"] for one in found)}  # fmt: skip


def measure(desk: Desk, rounds: int) -> dict[str, object]:
    """Every page, first and next visits."""
    from playwright.sync_api import sync_playwright

    dice = random.Random(7)
    addresses: dict[str, Callable[[], str]] = {
        "list": lambda: "/console/",
        "ticket": lambda: f"/console/tickets/{dice.choice(desk.numbers)}",
        "ticket of 500": lambda: f"/console/tickets/{(desk.data / LONG_NOTE).read_text()}",
        "search": lambda: "/console/search?q=lamp",
    }
    figures: dict[str, object] = {}
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for what, address in addresses.items():
            visits: dict[str, list[dict[str, float]]] = {"first": [], "next": []}
            for _round in range(rounds):
                context = signed_in(browser, desk)
                page = context.new_page()
                visits["first"].append(visited(page, address()))
                visits["next"].append(visited(page, address()))
                context.close()
            figures[what] = {visit: summed(found) for visit, found in visits.items()}
            print(what, figures[what], file=sys.stderr, flush=True)
    return figures


def main() -> int:
    """Start the desk, look at it, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = f"{HERE}:{HERE / 'bench'}"
    with Desk("small", args.data) as desk:
        long_ticket(desk)
        print(json.dumps({"load": os.getloadavg()[0], **measure(desk, args.rounds)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
