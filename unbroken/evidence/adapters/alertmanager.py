"""Prometheus Alertmanager: its webhook, version 4 of the message.

Published at prometheus.io, “Alerting: configuration: webhook_config”. An alert that still fires is
sent again and again with the same `startsAt`: it is one alarm. `endsAt` counts when it is resolved.
"""

from collections.abc import Iterable

from unbroken.evidence.adapter import (
    ITEMS_MAX,
    Adapter,
    NotTold,
    Told,
    alarm_kind,
    document,
    listed,
    thing,
    words,
)

_NAMING = ("resource", "circuit", "line", "device", "sysName", "hostname", "host", "node",
           "instance", "target")  # fmt: skip

SAMPLE = """{
 "version": "4", "groupKey": "{}:{alertname=\\"InstanceDown\\"}", "truncatedAlerts": 0,
 "status": "firing", "receiver": "unbroken", "groupLabels": {"alertname": "InstanceDown"},
 "commonLabels": {"alertname": "InstanceDown", "severity": "critical"}, "commonAnnotations": {},
 "externalURL": "http://alertmanager.example:9093",
 "alerts": [{"status": "firing",
   "labels": {"alertname": "InstanceDown", "instance": "192.0.2.10:9100", "job": "dslam"},
   "annotations": {"summary": "Instance 192.0.2.10:9100 down"},
   "startsAt": "2026-05-24T06:10:03.123Z", "endsAt": "0001-01-01T00:00:00Z",
   "generatorURL": "http://prometheus.example/graph", "fingerprint": "a0b1c2d3e4f50617"}]
}"""


def items(body: bytes) -> Iterable[object]:
    """The alerts of a message."""
    message = thing(document(body))
    if message.get("version") != "4":
        raise NotTold("It is no message of version 4.")
    return listed(message.get("alerts"))


def told(item: object) -> list[Told]:
    """One alert. The label `alarm` says its kind in our own words, where somebody set it."""
    alert = thing(item)
    labels = thing(alert, "labels")
    is_over = alert.get("status") == "resolved"
    if not is_over and alert.get("status") != "firing":
        raise NotTold("It neither fires nor is resolved.")
    (at,) = words(alert.get("endsAt" if is_over else "startsAt")) or ("",)
    kind = alarm_kind(labels.get("alarm"), labels.get("alertname"))
    return [
        Told(
            names=words(*(_plain(labels.get(name)) for name in _NAMING)),
            at=at,
            alarm=(kind, "cleared" if is_over else "raised"),
            ref="".join(words(alert.get("fingerprint")))[:100],
        )
    ]


def _plain(name: object) -> object:
    """`192.0.2.10:9100`, `[2001:db8::1]:161` and `http://bng-1/metrics` name a thing and more."""
    if not isinstance(name, str):
        return None
    name = name.split("://")[-1].split("/")[0]
    if name.startswith("["):
        return name[1:].split("]")[0]
    return name.split(":")[0] if name.count(":") == 1 else name


SCHEMA = {
    "type": "object",
    "required": ["version", "alerts"],
    "properties": {"version": {"const": "4"}, "alerts": {"type": "array", "maxItems": ITEMS_MAX}},
}

adapter = Adapter("alertmanager", items, told, SAMPLE, SCHEMA)
