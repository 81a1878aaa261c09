"""GenieACS: devices and faults, as its northbound interface (NBI) answers.

Published in GenieACS's API reference: `GET /devices/` is a list of trees in which each parameter
has `_value` and `_timestamp`, `GET /faults/` a list of faults. Parameters of TR-098 get the names
that TR-181 has for them. A fault is an alarm until GenieACS lists it no more.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from unbroken.evidence.adapter import (
    ITEMS_MAX,
    Adapter,
    NotTold,
    Told,
    document,
    listed,
    thing,
    words,
)
from unbroken.evidence.observed import VALUES_MAX, Value

FAULT = "acs-fault"

_DEEP_MAX = 12
_WANTED = re.compile(
    r"DSL\.(?:Line|Channel)\.(?!.*(?:Enable|Alias|Layers)).*|"
    r"Optical\.Interface\.(?:Status|\w*Optical\w*)|XPON\..*\.Transceiver\.\w+|"
    r"PPP\.Interface\.(?:Status|ConnectionStatus|LastConnectionError)|"
    r"DeviceInfo\.(?:SoftwareVersion|ModelName|UpTime)"
)
_OLD_NAMES = (
    (re.compile(r"^WANDevice\.WANDSLInterfaceConfig\.Status$"), "DSL.Line.LinkStatus"),
    (re.compile(r"^WANDevice\.WANDSLInterfaceConfig\.(Up|Down)streamMaxRate$"),
     r"DSL.Line.\1streamMaxBitRate"),
    (re.compile(r"^WANDevice\.WANDSLInterfaceConfig\.(\w+CurrRate)$"), r"DSL.Channel.\1"),
    (re.compile(r"^WANDevice\.WANDSLInterfaceConfig\.(.*)$"), r"DSL.Line.\1"),
    (re.compile(r"^WANDevice\.WANConnectionDevice\.WANPPPConnection\.(.*)$"), r"PPP.Interface.\1"),
    (re.compile(r"^WANDevice\.WANConnectionDevice\.WANIPConnection\.(.*)$"), r"IP.Interface.\1"),
)  # fmt: skip
_CALLED = ("PPP.Interface.Username", "PPP.Interface.ExternalIPAddress",
           "PPP.Interface.IPCP.LocalIPAddress", "IP.Interface.ExternalIPAddress")  # fmt: skip

SAMPLE = """[{"_id": "202BC1-BM632w-000001",
  "_deviceId": {"_Manufacturer": "Example", "_OUI": "202BC1", "_ProductClass": "BM632w",
                "_SerialNumber": "000001"},
  "_lastInform": "2026-05-24T06:11:00.000Z",
  "InternetGatewayDevice": {"WANDevice": {"1": {
    "WANDSLInterfaceConfig": {
      "Status": {"_value": "Up", "_timestamp": "2026-05-24T06:10:03.000Z", "_type": "xsd:string"},
      "DownstreamMaxRate": {"_value": 54000, "_timestamp": "2026-05-24T06:10:03.000Z"},
      "DownstreamNoiseMargin": {"_value": 61, "_timestamp": "2026-05-24T06:10:03.000Z"}},
    "WANConnectionDevice": {"1": {"WANPPPConnection": {"1": {
      "Username": {"_value": "anneke@isp", "_timestamp": "2026-05-24T06:10:03.000Z"}}}}}}}}},
 {"_id": "202BC1-BM632w-000001:default", "device": "202BC1-BM632w-000001", "channel": "default",
  "code": "cwmp.9002", "message": "Internal error", "retries": 0,
  "timestamp": "2026-05-24T06:12:00.000Z"}]"""


def items(body: bytes) -> Iterable[object]:
    """Devices or faults, whatever was asked for."""
    return listed(document(body))


def told(item: object) -> list[Told]:
    """A fault; or what a device last said of itself, one reading for each time it was asked."""
    found = thing(item)
    if "code" in found and "channel" in found:
        return [_fault(found)]
    serial = found.get("_deviceId")
    own = serial.get("_SerialNumber") if isinstance(serial, dict) else None
    called: list[object] = [own, found.get("_id")]
    by_time: dict[str, dict[str, Value]] = defaultdict(dict)
    for name, value, at in _leaves(found):
        if name in _CALLED:
            called.append(value)
        elif _WANTED.fullmatch(name) and len(by_time[at]) < VALUES_MAX:
            by_time[at].setdefault(name, value)
    if not words(*called):
        raise NotTold("The device has no name.")
    return [Told(words(*called), at, values=values) for at, values in by_time.items() if values]


def _fault(found: dict[str, object]) -> Told:
    (at,) = words(found.get("timestamp")) or ("",)
    device = found.get("device")
    serial = device.rsplit("-", 1)[-1] if isinstance(device, str) else None
    kind = " ".join(words(FAULT, found.get("code")))[:60]
    return Told(words(device, serial), at, (kind, "raised"), ref="".join(words(found.get("_id"))))


def _leaves(found: dict[str, object]) -> Iterator[tuple[str, Value, str]]:
    """Every parameter with a value: its name as TR-181 has it, the value, when it was read."""
    for root in ("Device", "InternetGatewayDevice"):
        waiting: list[tuple[object, tuple[str, ...]]] = [(found.get(root), ())]
        while waiting:
            part, path = waiting.pop()
            if not isinstance(part, dict) or len(path) > _DEEP_MAX:
                continue
            value, at = part.get("_value"), part.get("_timestamp")
            if isinstance(value, str | int | float) and isinstance(at, str):
                yield _plain(".".join(path)), value, at
            for name, below in part.items():
                if not name.startswith("_"):
                    waiting.append((below, path if name.isdigit() else (*path, name)))


def _plain(name: str) -> str:
    for old, new in _OLD_NAMES:
        if old.match(name):
            return old.sub(new, name)
    return name


adapter = Adapter("genieacs", items, told, SAMPLE, {"type": "array", "maxItems": ITEMS_MAX})
