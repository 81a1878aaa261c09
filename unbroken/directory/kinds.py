"""The closed lists of the inventory: what a resource, a customer or a service may be.

The database keeps them as text, so a new word here needs no migration.
"""

from typing import Final

RESOURCE_KINDS: Final = (
    "nas",
    "olt",
    "dslam",
    "cmts",
    "switch",
    "card",
    "port",
    "splitter",
    "cable",
    "line",
    "cpe",
    "link",
    "radio",
    "satellite",
    "feeder",
    "server",
    "site",
)
CUSTOMER_KINDS: Final = ("household", "company", "reseller")
PLACE_KINDS: Final = ("area", "site", "department")
SERVICE_STATES: Final = ("active", "suspended", "ended")

US: Final = "us"
THE_CUSTOMER: Final = "customer"

SIGHTS: Final = ("own", "sites", "all")
"""What somebody of a company sees: what they take part in, what their sites asked, everything."""

MAILS: Final = ("all", "mine", "end")
"""Of which news somebody wants mail: all; only what needs them; only that it is over."""

NEWS_BY: Final = ("mail", "phone", "portal")
"""How news of trouble and of planned work comes: by mail, we call, or they look themselves."""
