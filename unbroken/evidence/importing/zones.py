"""A time zone as it is typed."""

import argparse
from zoneinfo import ZoneInfo


def zone_of(text: str) -> ZoneInfo:
    """As Europe/Berlin; what is none is wrong use."""
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time zone, as Europe/Berlin") from error
