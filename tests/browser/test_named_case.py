"""The case the product is named for, from packets on the wire to the answer that is stopped.

"Since 26 April it breaks", writes Oleg, and "it is reset once in 24 hours, that is planned" is what
he would have been told. Nothing here is put into a table by hand: the NAS speaks RADIUS, another
system tells the counters over the API, the mail comes by the door for mail.
"""

import json
import socket
import threading
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, House, findings
from tests.evidence.radius import attribute, packet
from town import cast
from town.network import named
from unbroken.conversation.ids import TicketId
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.doors.radius import Door, listen
from unbroken.evidence.folding import fold_all
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.loops import Stop
from unbroken.ground.postman import drain
from unbroken.intake.actions import take_in
from unbroken.intake.actions.take import RawThing
from unbroken.intake.models import Intake
from unbroken.staffing.actions import issue_token

SignIn = Callable[..., Page]
STOCK = "Здравствуйте! Сеанс сбрасывается раз в 24 часа, это планово."
NUMBERS = {
    "Acct-Status-Type": 40, "User-Name": 1, "NAS-IP-Address": 4, "Acct-Session-Id": 44,
    "Calling-Station-Id": 31, "Acct-Session-Time": 46, "Acct-Input-Octets": 42,
    "Acct-Output-Octets": 43, "Acct-Terminate-Cause": 49,
}  # fmt: skip
VALUES = {
    "Start": 1, "Stop": 2, "Interim-Update": 3, "Lost-Carrier": 2, "Session-Timeout": 5,
}  # fmt: skip
AT_ONCE = 60
NAS = "127.0.0.2"
"""An address of this machine's own from which the town's NAS does not speak."""


def test_the_stock_answer_is_stopped_with_the_evidence_and_three_ways_on(
    sign_in: SignIn, backstage: Backstage, house: House
) -> None:
    later = timedelta(days=(now() - named.AT).days)
    token = backstage.do(_provider)
    backstage.do(_nas_speaks, later)
    _tell_counters(house.address, token, later)
    ticket = backstage.do(_oleg_writes)

    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{ticket}")
    expect(page.locator("#story")).to_contain_text("Looked at the line: Line loses sync")
    page.fill("#composer-words", STOCK)
    page.locator("#composer-send").click()

    stopped = page.locator("#challenge")
    expect(stopped).to_contain_text("The line loses sync")
    expect(stopped.get_by_role("listitem").first).to_be_visible()
    expect(page.locator("#composer-words")).to_have_value(STOCK)
    assert findings(page) == []
    with page.context.expect_page() as opened:
        stopped.get_by_role("link", name="Open the evidence").click()
    expect(opened.value.locator("#line-seen")).to_contain_text("The planned reset")
    opened.value.close()
    page.fill("#challenge-reason", "He asked about the reset only.")
    page.locator("#composer-send").click()
    expect(page.locator("#story")).to_contain_text("He asked about the reset only.")
    expect(page.locator("#toasts")).to_contain_text("Your answer leaves in a moment")


def _renamed(text: str) -> str:
    """The town has things of its own by some of these names."""
    for name in ("line-", "cpe-", "cable-", "dslam-", "bng-", "c-", "s-"):
        text = text.replace(f'"{name}', f'"n531-{name}')
    return text.replace("192.0.2.10", NAS)


def _provider() -> str:
    import_inventory([_renamed(named.files().inventory)], by=HOUSE, at=now())
    _id, token = issue_token(
        name="counters", scopes=["network:write"], teams=[], by=HOUSE, at=now()
    )
    return token


def _nas_speaks(later: timedelta) -> None:
    """Packet after packet; the next ones only when these were acknowledged."""
    told = [_packet(at + later, values) for at, values in named.told()]
    stop = Stop()
    with listen("127.0.0.1", 0) as line, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nas:
        door = threading.Thread(target=Door(line, stop).run, daemon=True)
        door.start()
        nas.bind((NAS, 0))
        nas.connect(line.getsockname())
        nas.settimeout(30)
        for place in range(0, len(told), AT_ONCE):
            for one in told[place : place + AT_ONCE]:
                nas.send(one)
            for _one in told[place : place + AT_ONCE]:
                assert nas.recv(4096)[0] == 5
        stop.ask()
        door.join(30)
    fold_all()


def _packet(at: datetime, values: dict[str, object]) -> bytes:
    body = b"".join(attribute(NUMBERS[name], _value(name, one)) for name, one in values.items())
    return packet(body + attribute(55, int(at.timestamp())), secret=b"s3")


def _value(name: str, value: object) -> int | str | bytes:
    if name == "NAS-IP-Address":
        return socket.inet_aton(NAS)
    if isinstance(value, int):
        return value
    return VALUES.get(str(value), str(value).strip('"'))


def _tell_counters(address: str, token: str, later: timedelta) -> None:
    request = urllib.request.Request(
        f"{address}/api/observations",
        data=_renamed(named.files(later).observations).encode(),
        headers={
            "Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson",
        },
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.load(answer)["refused"] == []


def _oleg_writes() -> TicketId:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Oleg Sidorov <oleg@home.example>", "support@lindenhof.example"
    mail["Subject"], mail["Message-ID"] = "Обрывы", "<531@home.example>"
    mail.set_content(named.CLAIM)
    thing = RawThing(channel="mail", raw=mail.as_bytes(), dedupe=None, mailbox="", envelope={})
    taken, _is_new = take_in(thing, at=now())
    drain()
    return TicketId(Intake.objects.get(pk=taken).ticket_id or 0)
