"""What modems told GenieACS, fetched from its NBI: whoever informed since, and all faults.

Only from the loop, in bounded time and size; the address is the operator's own and nobody is
followed elsewhere. What is read takes the same way as what is posted.
"""

import base64
import json
import logging
from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from unbroken.evidence.adapter import NotTold
from unbroken.evidence.adapters import all_adapters
from unbroken.evidence.adapters.genieacs import FAULT
from unbroken.evidence.hearing import forget_absent, hear
from unbroken.evidence.state import outside
from unbroken.ground import http

log = logging.getLogger(__name__)

SOURCE = "genieacs"
DEVICES, PAGES_MAX = 100, 200
BYTES_MAX = 32 * 1024 * 1024
PROJECTION = ",".join(
    ["_id", "_deviceId", "_lastInform"]
    + [f"Device.{part}" for part in ("DSL", "Optical", "XPON", "PPP.Interface", "DeviceInfo")]
    + ["InternetGatewayDevice.WANDevice"]
)


def fetch(url: str, *, now: datetime) -> int:
    """Devices that informed since the last time, then the faults; how many were read.

    Unanswered or Turned when it cannot be asked; NotTold when it answers in another language.
    """
    adapter, count = all_adapters()[SOURCE], 0
    for _page in range(PAGES_MAX):
        mark = outside.mark_of(SOURCE)
        body = _asked(url, "devices", _since(mark), f"&sort={_packed({'_lastInform': 1})}"
                      f"&limit={DEVICES}&projection={quote(PROJECTION, safe=',')}")  # fmt: skip
        newest, devices = _newest(body)
        hear(adapter, body, now=now)
        count += devices
        if newest <= mark:
            break
        outside.set_mark(SOURCE, newest, at=now)
        if devices < DEVICES:
            break
    faults = _asked(url, "faults", {}, "")
    hear(adapter, faults, now=now)
    forget_absent(adapter, FAULT, _ids(faults), at=now)
    return count


def _since(mark: str) -> dict[str, object]:
    return {"_lastInform": {"$gte": mark}} if mark else {"_lastInform": {"$exists": True}}


def _asked(url: str, what: str, query: dict[str, object], more: str) -> bytes:
    parts = urlsplit(url)
    headers = {"Accept": "application/json"}
    if parts.username:
        secret = base64.b64encode(f"{parts.username}:{parts.password or ''}".encode()).decode()
        headers["Authorization"] = f"Basic {secret}"
    host = parts.netloc.rpartition("@")[2]
    plain = urlunsplit((parts.scheme, host, parts.path, "", ""))
    return http.get(f"{plain}/{what}/?query={_packed(query)}{more}", headers, bytes_max=BYTES_MAX)


def _packed(value: object) -> str:
    return quote(json.dumps(value, separators=(",", ":")), safe="")


def _newest(body: bytes) -> tuple[str, int]:
    told = _list(body)
    informs = [one.get("_lastInform") for one in told if isinstance(one, dict)]
    return max((one for one in informs if isinstance(one, str)), default=""), len(told)


def _ids(body: bytes) -> list[str]:
    return [str(one.get("_id")) for one in _list(body) if isinstance(one, dict)]


def _list(body: bytes) -> list[object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTold("It is not JSON.") from error
    if not isinstance(told, list):
        raise NotTold("It is no list.")
    return told
