"""`unbroken price`: what a setting of the sliders costs a month, followed to the head-count."""

import argparse
import json
import sys
from dataclasses import replace

from unbroken.ground.clock import now
from unbroken.promise.price import Price
from unbroken.promise.price_parts import numbered
from unbroken.promise.pricing import sums
from unbroken.promise.queries import priced
from unbroken.promise.sliders import (
    CHANNELS,
    BadSlider,
    Sliders,
    as_json,
    seconds_typed,
    share_typed,
)

NAME = "price"
HELP = "what a setting of the sliders costs a month, followed to the head-count"
WRONG_USE, REFUSED, DONE = 2, 1, 0
TIMES = {
    "pick_up": "by when four of five callers reach a person: 20s",
    "first_answer": "by when a person has answered what was written: 4h",
    "next_news": "by when the customer hears from us again: 2h",
    "restore": "by when a broken service works again: 8h",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sliders. Times as 20s, 15min, 4h, 2d; `none` promises nothing."""
    parser.add_argument("--preset", metavar="NAME", help="begin from classic, pop, rock, …")
    parser.add_argument("--cover", metavar="CALENDAR", help="hours of cover: a calendar's name")
    for key, words in TIMES.items():
        parser.add_argument(f"--{key.replace('_', '-')}", metavar="TIME", help=words)
    parser.add_argument(
        "--availability", metavar="PERCENT", help="the share of a month in which it works: 99.9"
    )
    parser.add_argument(
        "--channels", metavar="LIST", help="phone,chat or none; mail and the portal always are"
    )
    parser.add_argument(
        "--named-engineer", action=argparse.BooleanOptionalAction, help="somebody who knows them"
    )
    parser.add_argument(
        "--credits", metavar="PERCENT", help="of the monthly fee, for a missed promise: 20"
    )
    parser.add_argument("--services", type=int, metavar="N", help="how many services it is for")
    parser.add_argument("--fee", type=float, metavar="MONEY", help="a service's monthly fee")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print the sum; 1 when history says that we could not keep it."""
    try:
        sliders = _sliders(args)
        found = priced.priced(sliders, at=now())
    except BadSlider as bad:
        sys.stderr.write(f"unbroken: {bad.key} cannot be “{bad.said}”\n")
        return WRONG_USE
    if args.json:
        document = {"sliders": as_json(sliders), **sums(found)}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return DONE if found.is_sellable else REFUSED


def _sliders(args: argparse.Namespace) -> Sliders:
    begun = Sliders()
    if args.preset:
        mix = priced.mix(args.preset)
        if mix is None:
            raise BadSlider("preset", args.preset)
        begun = mix.sliders
    values: dict[str, object] = {}
    for key in TIMES:
        if (said := getattr(args, key)) is not None:
            values[key] = _read(seconds_typed, key, said)
    for key in ("availability", "credits"):
        if (said := getattr(args, key)) is not None:
            values[key] = _read(share_typed, key, said)
    for key in ("cover", "services", "fee"):
        if (said := getattr(args, key)) is not None:
            values[key] = said
    if args.named_engineer is not None:
        values["named"] = args.named_engineer
    if args.channels is not None:
        values["channels"] = _channels(args.channels)
    return replace(begun, **values)  # type: ignore[arg-type]  # keys are those of sliders


def _read(read: "type[float] | object", key: str, said: str) -> object:
    try:
        return read(said)  # type: ignore[operator]
    except BadSlider as bad:
        raise BadSlider(key, said) from bad


def _channels(text: str) -> frozenset[str]:
    if text.strip().lower() == "none":
        return frozenset()
    found = frozenset(one.strip() for one in text.split(","))
    if not found <= set(CHANNELS):
        raise BadSlider("channels", text)
    return found


def _lines(found: Price) -> list[str]:
    lines = [
        f"{found.amount:.2f} {found.currency} a month, {found.per_service:.2f} a service; "
        f"{found.paid_hours:.1f} paid hours, {found.heads:.2f} people",
    ]
    for one in found.refusals:
        why = f"{one.record.kept:.1%} of {one.record.cases} kept" if one.record else one.key
        lines.append(f"not sold: {one.measure or one.key}: {why}")
    for part in found.parts:
        amount = "" if part.amount is None else f"{part.amount:.2f} {found.currency}"
        lines += ["", f"{part.label}: {amount}".rstrip(": ")]
        for step in part.steps:
            sum_text = f" = {step.formula}" if step.formula else ""
            source = step.source.format(**step.words)
            lines.append(
                f"  {step.label}: {numbered(step.value)} {step.unit}{sum_text}  [{source}]"
            )
    return lines
