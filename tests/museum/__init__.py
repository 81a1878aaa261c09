"""The museum: one stored event for every shape a kind ever had. Nothing is ever taken out.

`.venv/bin/python -m tests.museum` adds today's shapes that are not there yet.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def pieces() -> list[tuple[Path, str, dict[str, Any]]]:
    """Every piece: where it lies, the kind of event, the data as it was stored."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        piece = json.loads(path.read_text(encoding="utf-8"))
        found.append((path, piece["kind"], piece["data"]))
    return found


def add_todays_shapes() -> list[Path]:
    """Store the sample of every kind whose shape is not in the museum; returns the new pieces."""
    from unbroken.ground.events import KINDS

    known = {(kind, frozenset(data)) for _, kind, data in pieces()}
    added = []
    for kind, event in sorted(KINDS.items()):
        is_ours = event.shape.__module__.startswith("unbroken.")
        if not is_ours or (kind, frozenset(event.sample)) in known:
            continue
        number = 1 + len(list(FOLDER.glob(f"{kind}.*.json")))
        path = FOLDER / f"{kind}.{number}.json"
        text = json.dumps({"kind": kind, "data": dict(event.sample)}, indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
        added.append(path)
    return added
