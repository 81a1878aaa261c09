"""The case that gave the product its name, as the files a provider would hand in.

An ADSL customer with a ZTE ZXDSL 531B says that his connection breaks since 26 April. The session
is reset once in 24 hours by design, and until 26 April his modem was a router that reconnected by
itself, so he could not have noticed. But the line loses sync too: on one day four times, and each
time the DSL lamp goes dark.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

SERVICE, USER, NAS = "s-531", "oleg@isp", "192.0.2.10"
AT = datetime(2026, 5, 24, 18, 0, tzinfo=UTC)
BRIDGED_ON = datetime(2026, 4, 26, 9, 0, tzinfo=UTC)
BEGAN = datetime(2026, 4, 3, 11, 12, tzinfo=UTC)
FOUR_DROPS = tuple(datetime(2026, 5, 24, h, m, 3, tzinfo=UTC)
                   for h, m in ((4, 10), (8, 41), (12, 5), (15, 33)))  # fmt: skip
CLAIM = (
    "Интернет обрывается с 26 апреля. Сегодня было четыре обрыва, и каждый раз на модеме гаснет "
    "лампочка DSL. Раньше такого не было."
)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Files:
    """What is handed in: inventory as JSON, RADIUS detail, observations as JSON Lines."""

    inventory: str
    detail: str
    observations: str


def files(later: timedelta = timedelta(0)) -> Files:
    """All three; always the same, or as it would be so much later."""
    random = Random(531)
    drops = _drops(random)
    records = _records(random, drops)
    return Files(
        json.dumps(_inventory()),
        "\n".join(block(at + later, values) for at, values in records),
        "\n".join(json.dumps(one) for one in _observations(random, drops, later)),
    )


def told() -> list["Block"]:
    """What the NAS tells, in order, for whoever speaks for it."""
    random = Random(531)
    return _records(random, _drops(random))


def _records(random: Random, drops: list[datetime]) -> list["Block"]:
    found = _customer(random, drops, USER, NAS)
    for number in range(2, 7):
        found += _neighbour(random, number)
    return sorted(found, key=lambda one: one[0])


def lived(
    user: str, nas: str, lines: tuple[str, str], later: timedelta
) -> tuple[list["Block"], list[dict[str, Any]]]:
    """The same weeks of somebody elsewhere: his records, and what his line and one beside told."""
    random = Random(531)
    drops = _drops(random)
    records = [(at + later, values) for at, values in _customer(random, drops, user, nas)]
    names = dict(zip(("line-1", "line-2"), lines, strict=True))
    told = _observations(random, drops, later)
    return records, [one | {"resource": names[one["resource"]]} for one in told]


def _drops(random: Random) -> list[datetime]:
    """When the line lost sync: one or two a day at irregular times, four on the last."""
    found = []
    at = BEGAN
    while at < FOUR_DROPS[0] - timedelta(hours=9):
        found.append(at)
        at += timedelta(hours=random.uniform(9, 26))
    return [*found, *FOUR_DROPS]


def _inventory() -> dict[str, Any]:
    resources: list[dict[str, Any]] = [
        {"id": "bng-north", "kind": "nas", "address": "192.0.2.10", "radius_secret": "s3"},
        {"id": "dslam-7", "kind": "dslam", "parents": ["bng-north"]},
        {"id": "cable-44", "kind": "cable", "parents": ["dslam-7"], "owner": "us"},
    ]
    customers = []
    for number in range(1, 7):
        line, cpe = f"line-{number}", f"cpe-{number}"
        resources += [
            {"id": line, "kind": "line", "parents": ["cable-44"]},
            {"id": cpe, "kind": "cpe", "model": "ZTE ZXDSL 531B", "parents": [line],
             "owner": "customer"},
        ]  # fmt: skip
        mine = number == 1
        customers.append({
            "id": f"c-{number}", "name": "Oleg Sidorov" if mine else f"Neighbour {number}",
            "kind": "household", "language": "ru" if mine else "en", "timezone": "Europe/Moscow",
            "contacts": [{"name": "Oleg Sidorov", "email": "oleg@home.example"}] if mine else [],
            "services": [{
                "id": SERVICE if mine else f"s-{number}", "product": "ADSL 8",
                "technology": "adsl", "access": USER if mine else f"user{number}@isp",
                "resource": cpe, "session_timeout": 86400,
            }],
        })  # fmt: skip
    return {"resources": resources, "customers": customers,
            "products": [{"id": "ADSL 8", "name": "ADSL 8", "technology": "adsl"}]}  # fmt: skip


Block = tuple[datetime, dict[str, Any]]


def _customer(random: Random, drops: list[datetime], user: str, nas: str) -> list[Block]:
    records: list[Block] = []
    begun, number = datetime(2026, 3, 1, 3, 20, tzinfo=UTC), 0
    waiting = list(drops)
    while begun < AT:
        number += 1
        ended, cause = begun + DAY, "Session-Timeout"
        waiting = [one for one in waiting if one > begun]
        if waiting and waiting[0] < ended:
            ended, cause = waiting[0], "Lost-Carrier"
        mac = "00:1e:73:aa:00:01" if begun < BRIDGED_ON else "f4:6d:04:bb:00:02"
        if ended > AT:
            records += session(user, f"{number:06x}", begun, None, "", mac, nas=nas)
            break
        records += session(user, f"{number:06x}", begun, ended, cause, mac, nas=nas)
        training = 55 if cause == "Lost-Carrier" else 0
        gap = training + random.uniform(3, 9)
        if ended >= BRIDGED_ON:
            gap = training + random.uniform(300, 5400)
        begun = ended + timedelta(seconds=gap)
        if any(begun < one < begun + timedelta(minutes=5) for one in drops):
            begun = ended + timedelta(seconds=training + 60)
    return records


def _neighbour(random: Random, number: int) -> list[Block]:
    records: list[Block] = []
    begun = datetime(2026, 5, 1, random.randrange(24), random.randrange(60), tzinfo=UTC)
    count = 0
    while begun < AT:
        count += 1
        ended = begun + DAY
        records += session(
            f"user{number}@isp", f"{number}{count:04x}", begun, ended if ended <= AT else None,
            "Session-Timeout", "00:1e:73:aa:00:0a",
        )  # fmt: skip
        begun = ended + timedelta(seconds=random.uniform(2, 8))
    return records


def session(
    user: str, number: str, begun: datetime, ended: datetime | None, cause: str, mac: str,
    *, nas: str = NAS,
) -> list[Block]:  # fmt: skip
    """Its start and its stop; one that goes on gives a sign of life."""
    common = {"User-Name": f'"{user}"', "NAS-IP-Address": nas,
              "Acct-Session-Id": f'"{number}"', "Calling-Station-Id": f'"{mac}"'}  # fmt: skip
    found: list[Block] = [(begun, {"Acct-Status-Type": "Start"} | common)]
    if ended is None:
        seconds = int((AT - begun).total_seconds())
        found.append((AT, {"Acct-Status-Type": "Interim-Update"} | common
                      | {"Acct-Session-Time": seconds}))  # fmt: skip
        return found
    seconds = round((ended - begun).total_seconds())
    found.append((ended, {"Acct-Status-Type": "Stop"} | common | {
        "Acct-Session-Time": seconds, "Acct-Input-Octets": seconds * 900,
        "Acct-Output-Octets": seconds * 9000, "Acct-Terminate-Cause": cause,
    }))  # fmt: skip
    return found


def block(at: datetime, values: dict[str, Any]) -> str:
    """As FreeRADIUS writes it into its detail file."""
    lines = [f"{at:%a %b %d %H:%M:%S %Y}"]
    lines += [f"\t{name} = {value}" for name, value in values.items()]
    lines.append(f"\tTimestamp = {int(at.timestamp())}")
    return "\n".join(lines) + "\n"


def _observations(random: Random, drops: list[datetime], later: timedelta) -> list[dict[str, Any]]:
    """The DSLAM's counters, every hour for the line, every six hours for a neighbour."""
    found: list[dict[str, Any]] = []
    at, count, errored = datetime(2026, 4, 20, tzinfo=UTC), 117, 5200
    while at <= AT:
        retrained = sum(at - timedelta(hours=1) < one <= at for one in drops)
        count, errored = count + retrained, errored + 20 * retrained + random.randrange(3)
        margin = 74 - 16 * bool(retrained) + random.randrange(-4, 5)
        found.append({"at": (at + later).isoformat(), "resource": "line-1", "values": {
            "DSL.Line.LinkStatus": "Up", "DSL.Channel.Stats.Total.LinkRetrain": count,
            "DSL.Line.Stats.Total.ErroredSecs": errored, "DSL.Line.DownstreamNoiseMargin": margin,
        }})  # fmt: skip
        if at.hour % 6 == 0:
            values = {"DSL.Line.LinkStatus": "Up", "DSL.Channel.Stats.Total.LinkRetrain": 4}
            found.append({"at": (at + later).isoformat(), "resource": "line-2", "values": values})
        at += timedelta(hours=1)
    return found
