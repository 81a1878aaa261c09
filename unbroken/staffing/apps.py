"""Makes this room known to Django."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """The room `staffing`."""

    name = "unbroken.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"
