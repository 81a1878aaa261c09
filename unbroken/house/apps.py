"""Opens the rooms when a process starts: whoever listens to an event must be known by then."""

import importlib
import importlib.util

from django.apps import AppConfig
from django.conf import settings


class HouseConfig(AppConfig):
    """The room `house`, ready last because it stands last in INSTALLED_APPS."""

    name = "unbroken.house"
    label = "house"

    def ready(self) -> None:
        """Import what registers itself: events, reactions, what is erased, what grows old."""
        for part in ("events", "reactions", "erasure", "keeping", "retention"):
            for room in settings.ROOMS:
                if importlib.util.find_spec(f"{room}.{part}"):
                    importlib.import_module(f"{room}.{part}")
