"""What a test found, in sentences: the numbers, and what follows from them. Pure.

Silence of a modem proves nothing, because many never answer a ping; it is said so, and only what
is lost *between* two that answer is laid at the line.
"""

from collections.abc import Iterable, Iterator, Sequence

from unbroken.evidence.probing.measured import Measured
from unbroken.ground.words import Phrase, _

Said = tuple[Phrase, dict[str, object]]

NAS_LOSS, LINE_LOSS = 0.05, 0.05
CLEAR_MS = 80.0

NO_ADDRESS = _("The line has no address now, because no session is open: nothing answers there.")
NO_PING = _("This machine may not ping. Whoever runs it allows that (net.ipv4.ping_group_range).")
SILENT = _("None of {sent} pings to the customer was answered. Many modems never do.")
LOSSY = _("Of {sent} pings to the customer {lost} were lost; {average} ms, at most {maximum} ms.")
WHOLE = _("All {sent} pings to the customer came back: {average} ms, at most {maximum} ms.")
PLACE_SILENT = _("{name} did not answer ({sent} times asked).")
PLACE_LOSSY = _("Of {sent} pings to {name} {lost} were lost; {average} ms, at most {maximum} ms.")
PLACE_WHOLE = _("All {sent} pings to {name} came back: {average} ms, at most {maximum} ms.")
CONNECTED = _("{name} accepted a connection after {average} ms.")
RESOLVED = _("The name server {name} answered after {average} ms.")
WAY = _("The way there: {hops}.")

NAS_AT_FAULT = _("Packets are lost on the way to {name} already: that hits everybody behind it.")
LINE_AT_FAULT = _("What is lost is lost behind {name}: on the line, in the modem or at home.")
WELL = _(
    "The way to the customer is clear at this moment. If it is slow all the same: the rate of the "
    "line, how full it is, and the home come next."
)

YOU_WELL = _("The way to your connection is clear at this moment: {average} ms, nothing was lost.")
YOU_LOSSY = _("Of {sent} packets to your connection {lost} were lost. We see it too now.")
YOU_SILENT = _("Your connection did not answer. That alone proves nothing: many modems never do.")
YOU_AWAY = _("Seen from here your connection is not up at this moment.")
YOU_UNKNOWN = _("Your connection could not be tested just now.")


def told(measured: Sequence[Measured]) -> list[Said]:
    """For whoever works here: what follows first, then each number."""
    return [*_conclusion(measured), *_numbers(measured)]


def told_customer(measured: Sequence[Measured]) -> Said:
    """For the customer: of their own connection only, one sentence, never an accusation."""
    own = _first(measured, "customer")
    if own is None or (own.problem and own.problem != "no_address"):
        return YOU_UNKNOWN, {}
    if own.problem:
        return YOU_AWAY, {}
    if not own.times_ms:
        return YOU_SILENT, {}
    if own.lost:
        return YOU_LOSSY, {"sent": own.sent, "lost": own.lost}
    return YOU_WELL, {"average": _ms(own.average_ms)}


def _conclusion(measured: Sequence[Measured]) -> Iterator[Said]:
    own, nas = _first(measured, "customer"), _first(measured, "nas")
    if nas is not None and nas.times_ms and nas.lost > nas.sent * NAS_LOSS:
        yield NAS_AT_FAULT, {"name": nas.name}
        return
    if own is None or not own.times_ms:
        return
    if own.lost > own.sent * LINE_LOSS:
        if nas is not None and nas.times_ms:
            yield LINE_AT_FAULT, {"name": nas.name}
    elif own.average_ms <= CLEAR_MS:
        yield WELL, {}


def _numbers(measured: Iterable[Measured]) -> Iterator[Said]:
    for one in measured:
        if one.probe == "trace":
            if one.hops:
                yield WAY, {"hops": " → ".join(hop or "?" for hop in one.hops)}
        elif one.problem:
            yield (NO_ADDRESS if one.problem == "no_address" else NO_PING), {}
        else:
            yield _number(one), _values(one)


def _number(one: Measured) -> Phrase:
    if one.role == "customer":
        return (WHOLE if not one.lost else LOSSY) if one.times_ms else SILENT
    if not one.times_ms:
        return PLACE_SILENT
    if one.probe == "ping":
        return PLACE_LOSSY if one.lost else PLACE_WHOLE
    return CONNECTED if one.probe == "tcp" else RESOLVED


def _values(one: Measured) -> dict[str, object]:
    return {
        "sent": one.sent, "lost": one.lost, "name": one.name or one.address,
        "average": _ms(one.average_ms), "maximum": _ms(one.maximum_ms),
    }  # fmt: skip


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def _first(measured: Iterable[Measured], role: str) -> Measured | None:
    return next((one for one in measured if one.role == role and one.probe == "ping"), None)
