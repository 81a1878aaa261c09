"""Add today's shapes of events to the museum."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unbroken.house.settings")
django.setup()

from tests.museum import add_todays_shapes  # noqa: E402

for path in add_todays_shapes():
    print(f"added {path.name}")  # noqa: T201
