"""Who looks at a request, as a page shows it when it is drawn."""

import json
from typing import Any

Looker = tuple[int, str, int]
"""An agent's number and name, and for how many seconds they count as writing."""


def people_in(found: Any) -> list[Looker]:
    """JSON as the driver gives it: read already, or still text."""
    read = json.loads(found) if isinstance(found, str) else found
    return [(int(key), str(name), int(left or 0)) for key, name, left in read or ()]
