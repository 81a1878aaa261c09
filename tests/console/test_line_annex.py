"""The annex for a carrier: their circuit, their time, every break, nobody's name; the live page."""

import html
import json
import re
from zoneinfo import available_timezones

from django.test import Client

from tests.console.desk import SOFIE, Desk
from tests.console.test_line_page import address, later, lined
from town.network import named
from unbroken.evidence.observed import read_line
from unbroken.evidence.state import readings
from unbroken.ground.clock import now

__all__ = ["lined"]


def paper(client: Client, **asked: str) -> str:
    """The annex as it was to be printed on the day of the named case."""
    at = (named.AT + later()).isoformat()
    answer = client.get(f"{address()}/annex", {"at": at, "days": "30"} | asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_annex_tells_every_break_in_the_carriers_time_and_names_nobody(lined: Desk) -> None:
    client = lined.client(SOFIE)

    shown = paper(client, zone="Europe/London")

    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "The line loses sync" in main
    assert "Europe/London" in main
    assert "Lost-Carrier" in main
    (day,) = {(named.AT + later()).date().isoformat()}
    assert main.count(f">{day} ") >= 4
    assert "Sidorov" not in main
    assert "Acct-Session-Id" in main


def test_a_zone_that_is_none_is_that_of_the_line(lined: Desk) -> None:
    """Attack: a path where a zone is asked for."""
    shown = paper(lined.client(SOFIE), zone="../../etc/passwd")

    found = re.search(r'list="annex-zones" value="([^"]+)"', shown)
    assert found is not None
    assert found[1] in available_timezones()


def test_an_open_page_of_a_line_is_renewed_only_when_something_new_arrived(lined: Desk) -> None:
    client = lined.client(SOFIE)
    shown = client.get(address(), {"days": "7"}).content.decode()
    found = re.search(r'id="line-shown" hx-get="([^"]+)"', shown)
    assert found is not None
    asks_for = html.unescape(found[1])
    part = {"HX-Request": "true"}

    assert client.get(asks_for, headers=part).status_code == 204
    alarm = {"resource": "cable-44", "at": now().isoformat(),
             "alarm": {"type": "LOS", "state": "raised"}}  # fmt: skip
    readings.note([read_line(json.dumps(alarm), now=now())])

    renewed = client.get(asks_for, headers=part)
    assert renewed.status_code == 200
    assert renewed.content.decode().lstrip().startswith('<div class="line-page" id="line-shown"')
    assert asks_for not in html.unescape(renewed.content.decode())
