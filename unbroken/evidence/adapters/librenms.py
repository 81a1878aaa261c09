"""LibreNMS: its alert transport “API”, sending JSON.

Published in LibreNMS's documentation, “Alerting: Transports: API” and “Templates” (the fields of
`$alert`). Which of them are sent is set in the transport; docs/api.md has the body to put there.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from unbroken.evidence.adapter import Adapter, NotTold, Told, alarm_kind, document, thing, words

_OVER, _STANDS = ("0",), ("1", "3", "4", "5")
"""0 over, 1 alert, 2 acknowledged (nothing changed), 3 worse, 4 better, 5 otherwise."""

SAMPLE = """{"alert_id": "271", "hostname": "192.0.2.10", "sysName": "dslam-7", "ip": "192.0.2.10",
 "name": "Device Down! Due to no ICMP response.", "title": "Alert for device dslam-7",
 "severity": "critical", "state": "1", "timestamp": "2026-05-24 06:10:03"}"""


def items(body: bytes) -> Iterable[object]:
    """One message is one alert."""
    return [document(body)]


def told(item: object) -> list[Told]:
    """One alert. Its time names no zone: it counts as UTC unless the transport adds an offset."""
    alert = thing(item)
    state = "".join(words(str(alert.get("state", ""))))
    if state not in _OVER + _STANDS:
        raise NotTold("Its state is neither an alert nor its end.")
    return [
        Told(
            names=words(
                *(alert.get(name) for name in ("resource", "sysName", "hostname", "ip", "display"))
            ),
            at=_time(alert.get("timestamp")),
            alarm=(
                alarm_kind(alert.get("alarm"), alert.get("name"), alert.get("title")),
                "cleared" if state in _OVER else "raised",
            ),
            ref="".join(words(str(alert.get("alert_id", ""))))[:100],
        )
    ]


def _time(told: object) -> str:
    try:
        at = datetime.fromisoformat(told if isinstance(told, str) else "")
    except ValueError as error:
        raise NotTold("It says no time.") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


adapter = Adapter("librenms", items, told, SAMPLE)
