"""What columns of the usual tables say of lines, ports and ONTs, in TR-181's names and units. Pure.

IF-MIB (RFC 2863), ADSL-LINE-MIB (RFC 2662), VDSL2-LINE-MIB (RFC 5650); received light of ONTs from
the private MIBs of Huawei, ZTE and Nokia. Everything stands at an index whose first number is the
ifIndex: of the PON port, then the ONT's number there, or (Nokia) of the ONT itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unbroken.evidence.observed import Value as Told
from unbroken.evidence.snmp.asking import Value

UNKNOWN = frozenset({2147483647, 4294967295, -2147483648})
"""What agents answer where they measured nothing."""

DARKEST, BRIGHTEST = -60_000, 10_000
"""0.001 dBm."""

Columns = Mapping[str, Mapping[tuple[int, ...], Value]]

NAME, ALIAS, STATUS = "ifName", "ifAlias", "ifOperStatus"
_IF, _IFX = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
_ADSL, _VDSL2 = "1.3.6.1.2.1.10.94.1.1", "1.3.6.1.2.1.10.251.1"
COLUMNS = {
    NAME: f"{_IFX}.1", ALIAS: f"{_IFX}.18", STATUS: f"{_IF}.8", "ifHighSpeed": f"{_IFX}.15",
    "ifHCInOctets": f"{_IFX}.6", "ifHCOutOctets": f"{_IFX}.10",
    "atucSnrMargin": f"{_ADSL}.2.1.4", "atucStatus": f"{_ADSL}.2.1.6",
    "atucAttainable": f"{_ADSL}.2.1.8", "aturSnrMargin": f"{_ADSL}.3.1.4",
    "aturAttenuation": f"{_ADSL}.3.1.5", "atucAttenuation": f"{_ADSL}.2.1.5",
    "aturAttainable": f"{_ADSL}.3.1.8", "atucRate": f"{_ADSL}.4.1.2", "aturRate": f"{_ADSL}.5.1.2",
    "atucES": f"{_ADSL}.6.1.5", "atucInits": f"{_ADSL}.6.1.6",
    "xdslStatus": f"{_VDSL2}.1.1.1.19", "xdslDown": f"{_VDSL2}.1.1.1.20",
    "xdslUp": f"{_VDSL2}.1.1.1.21", "xdslAttenuation": f"{_VDSL2}.1.2.1.2",
    "xdslMargin": f"{_VDSL2}.1.2.1.4", "xdslRate": f"{_VDSL2}.2.2.1.2",
    "hwOntLight": "1.3.6.1.4.1.2011.6.128.1.1.2.51.1.4",
    "zxOntLight": "1.3.6.1.4.1.3902.1012.3.50.12.1.1.10",
    "isamOntLight": "1.3.6.1.4.1.637.61.1.35.10.14.1.2",
}  # fmt: skip

_LINE, _CHANNEL, _PORT = "DSL.Line", "DSL.Channel", "Ethernet.Interface"
_ADSL_PLAIN = {
    "atucSnrMargin": f"{_LINE}.UpstreamNoiseMargin",
    "aturSnrMargin": f"{_LINE}.DownstreamNoiseMargin",
    "atucAttenuation": f"{_LINE}.UpstreamAttenuation",
    "aturAttenuation": f"{_LINE}.DownstreamAttenuation",
    "atucES": f"{_LINE}.Stats.Total.ErroredSecs", "atucInits": f"{_LINE}.Stats.Total.LinkRetrain",
}  # fmt: skip
_ADSL_RATES = {
    "atucAttainable": f"{_LINE}.DownstreamMaxBitRate",
    "aturAttainable": f"{_LINE}.UpstreamMaxBitRate",
    "atucRate": f"{_CHANNEL}.DownstreamCurrRate", "aturRate": f"{_CHANNEL}.UpstreamCurrRate",
}  # fmt: skip
_SIDES = {1: "Upstream", 2: "Downstream"}
_UNITS = {1: f"{_CHANNEL}.DownstreamCurrRate", 2: f"{_CHANNEL}.UpstreamCurrRate"}
"""xtuc sends downstream, xtur upstream."""

_NO_SIGNAL = 0x20
"""lossOfSignal in the BITS of a line's status."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one port, line or ONT told: its names, likeliest first, and its values."""

    names: tuple[str, ...]
    values: dict[str, Told]


def seen(device: str, columns: Columns) -> Iterator[Seen]:
    """Everything the tables say, by what it is about."""
    found: dict[tuple[int, ...], dict[str, Told]] = defaultdict(dict)
    _adsl(columns, found)
    _vdsl2(columns, found)
    lines = {index[0] for index in found}
    _ports(columns, found, lines)
    _light(columns, found)
    for index, values in found.items():
        yield Seen(_names(device, columns, index), values)


def _light(columns: Columns, found: dict[tuple[int, ...], dict[str, Told]]) -> None:
    """What each ONT receives, in 0.001 dBm; the makers count in hundredths and in 0.002 dB."""
    for index, value in _numbers(columns, "hwOntLight"):
        if len(index) == 2:
            _lit(found, index, value * 10)
    for index, value in _numbers(columns, "zxOntLight"):  # of each port of the ONT; the first
        if len(index) == 3 and index[2] == 1 and value not in (0, 65535):
            _lit(found, index[:2], _signed(value) * 2 - 30_000)
    for index, value in _numbers(columns, "isamOntLight"):
        if value != 32768:
            _lit(found, index, _signed(value) * 2)


def _lit(found: dict[tuple[int, ...], dict[str, Told]], index: tuple[int, ...], level: int) -> None:
    """No receiver measures beyond these: whatever says so counts in another unit."""
    if DARKEST <= level <= BRIGHTEST:
        found[index]["Optical.Interface.OpticalSignalLevel"] = level


def _signed(value: int) -> int:
    return value - 65536 if value > 32767 else value


def _adsl(columns: Columns, found: dict[tuple[int, ...], dict[str, Told]]) -> None:
    for column, name in _ADSL_PLAIN.items():
        for index, value in _numbers(columns, column):
            found[index[:1]][name] = value
    for column, name in _ADSL_RATES.items():
        for index, value in _numbers(columns, column):
            found[index[:1]][name] = value // 1000


def _vdsl2(columns: Columns, found: dict[tuple[int, ...], dict[str, Told]]) -> None:
    attainable = dict(_numbers(columns, "xdslDown"))
    # RFC 5650 says bit/s; agents that count in kbit/s never reach a megabit by that measure.
    unit = 1000 if max(attainable.values(), default=0) >= 1_000_000 else 1
    for index, value in attainable.items():
        found[index[:1]][f"{_LINE}.DownstreamMaxBitRate"] = value // unit
    for index, value in _numbers(columns, "xdslUp"):
        found[index[:1]][f"{_LINE}.UpstreamMaxBitRate"] = value // unit
    for index, value in _numbers(columns, "xdslRate"):
        if len(index) == 2 and index[1] in _UNITS:
            found[index[:1]][_UNITS[index[1]]] = value // unit
    for column, name in (("xdslMargin", "NoiseMargin"), ("xdslAttenuation", "Attenuation")):
        for index, value in _numbers(columns, column):
            if len(index) == 2 and index[1] in _SIDES:
                found[index[:1]][f"{_LINE}.{_SIDES[index[1]]}{name}"] = value


def _ports(
    columns: Columns, found: dict[tuple[int, ...], dict[str, Told]], lines: set[int]
) -> None:
    for index, value in _numbers(columns, STATUS):
        if index[0] not in lines:
            found[index][f"{_PORT}.Status"] = "Up" if value == 1 else "Down"
        elif value == 1:
            found[index][f"{_LINE}.LinkStatus"] = "Up"
        elif _lost_signal(columns, index):
            found[index][f"{_LINE}.LinkStatus"] = "NoSignal"
    for column, name in (("ifHighSpeed", "MaxBitRate"), ("ifHCInOctets", "Stats.BytesReceived"),
                         ("ifHCOutOctets", "Stats.BytesSent")):  # fmt: skip
        for index, value in _numbers(columns, column):
            if index[0] not in lines:
                found[index][f"{_PORT}.{name}"] = value


def _lost_signal(columns: Columns, index: tuple[int, ...]) -> bool:
    for column in ("xdslStatus", "atucStatus"):
        value = columns.get(column, {}).get(index)
        if isinstance(value, bytes) and value and value[0] & _NO_SIGNAL:
            return True
    return False


def _names(device: str, columns: Columns, index: tuple[int, ...]) -> tuple[str, ...]:
    name = _text(columns, NAME, index[:1]) or str(index[0])
    if len(index) > 1:
        name = f"{name}:{index[1]}"
    alias = _text(columns, ALIAS, index[:1]) if len(index) == 1 else ""
    return tuple(filter(None, (f"{device} {name}", f"{device}/{name}", alias)))


def _text(columns: Columns, column: str, index: tuple[int, ...]) -> str:
    value = columns.get(column, {}).get(index)
    return value.decode("utf-8", "replace").strip()[:120] if isinstance(value, bytes) else ""


def _numbers(columns: Columns, column: str) -> Iterator[tuple[tuple[int, ...], int]]:
    for index, value in columns.get(column, {}).items():
        if isinstance(value, int) and value not in UNKNOWN and index:
            yield index, value
