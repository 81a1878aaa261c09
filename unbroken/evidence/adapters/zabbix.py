"""Zabbix: what its connectors send, the newline-delimited JSON of its export protocol.

Published in Zabbix's manual, “Newline-delimited JSON export protocol”: problems (`value` 1, with
hosts), recoveries (`value` 0, with the problem's number only), and values of items. An item whose
name or tag `reading` is a TR-181 name of ours is kept as a reading, any other is not told here.
"""

from collections.abc import Iterable

from unbroken.evidence.adapter import (
    ITEMS_MAX,
    Adapter,
    NotTold,
    Told,
    alarm_kind,
    at_second,
    document,
    listed,
    thing,
    words,
)

_TREES = ("DSL.", "Optical.", "Ethernet.", "PPP.", "XPON.", "IP.", "DOCSIS.", "Weather.", "WiFi.")

SAMPLE = """
{"clock": 1779603003, "ns": 304563, "value": 1, "eventid": 42, "severity": 4,
 "name": "Unavailable by ICMP ping", "hosts": [{"host": "dslam-7", "name": "DSLAM Lindenhof"}],
 "groups": ["Access"], "tags": [{"tag": "scope", "value": "availability"}]}
{"clock": 1779603603, "ns": 11, "value": 0, "eventid": 43, "p_eventid": 42}
{"clock": 1779603603, "ns": 12, "host": {"host": "dslam-7", "name": "DSLAM Lindenhof"},
 "groups": ["Access"], "item_tags": [], "itemid": 9, "type": 0, "value": 61.0,
 "name": "DSL.Line.DownstreamNoiseMargin"}
""".replace("\n ", " ")


def items(body: bytes) -> Iterable[object]:
    """Its lines."""
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > ITEMS_MAX:
        raise NotTold(f"It has more than {ITEMS_MAX} lines.")
    return lines


def told(item: object) -> list[Told]:
    """One line: the beginning or the end of a problem, or a value."""
    line = thing(document(item if isinstance(item, bytes) else b""))
    if "itemid" in line:
        return _reading(line)
    at = at_second(line.get("clock"))
    if line.get("value") == 0:
        return [Told((), at, ("", "cleared"), ref=_number(line.get("p_eventid")))]
    if line.get("value") != 1:
        raise NotTold("It is neither a problem nor its end.")
    kind = alarm_kind(_tag(line.get("tags"), "alarm"), line.get("name"))
    number = _number(line.get("eventid"))
    return [
        Told(_names(host), at, (kind, "raised"), ref=number)
        for host in listed(line.get("hosts"))[:1]
    ]


def _reading(line: dict[str, object]) -> list[Told]:
    name = _tag(line.get("item_tags"), "reading") or line.get("name")
    value = line.get("value")
    if not isinstance(name, str) or not name.removeprefix("Device.").startswith(_TREES):
        raise NotTold("The item is no reading that we know.")
    if not isinstance(value, int | float | str):
        raise NotTold("The item has no value.")
    return [Told(_names(line.get("host")), at_second(line.get("clock")), values={name: value})]


def _names(host: object) -> tuple[str, ...]:
    found = thing(host)
    return words(found.get("host"), found.get("name"))


def _tag(tags: object, name: str) -> object:
    for one in tags if isinstance(tags, list) else []:
        if isinstance(one, dict) and one.get("tag") == name:
            return one.get("value")
    return None


def _number(told: object) -> str:
    return str(told) if isinstance(told, int) else "".join(words(told))[:100]


adapter = Adapter("zabbix", items, told, SAMPLE)
