"""Makes this room known to Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room `directory`."""

    name = "unbroken.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
