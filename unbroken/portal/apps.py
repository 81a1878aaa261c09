"""Makes this room known to Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room `portal`."""

    name = "unbroken.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
