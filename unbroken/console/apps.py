"""Makes this room known to Django."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The room `console`."""

    name = "unbroken.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
