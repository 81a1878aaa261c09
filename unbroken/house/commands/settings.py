"""`unbroken settings`: every setting, what it is for, and what it is now."""

import argparse
import json
import os

from unbroken.house.setting_list import SETTINGS, Setting

NAME = "settings"
HELP = "every setting, what it is for and what it is now"
NEEDS_ROOMS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print them; secrets are never shown."""
    if args.json:
        rows = [
            {"name": setting.name, "value": _shown(setting), "default": setting.default}
            | {"meaning": setting.meaning}
            for setting in SETTINGS
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    for setting in SETTINGS:
        value = _shown(setting)
        print(f"{setting.name}={value}" if value is not None else setting.name)
        print(f"    {setting.meaning}")
        print(f"    Default: {setting.default or 'none'}\n")
    return 0


def _shown(setting: Setting) -> str | None:
    value = os.environ.get(setting.name)
    return "(set, not shown)" if value and setting.is_secret else value
