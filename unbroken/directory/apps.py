"""Makes this room known to Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room `directory`."""

    name = "unbroken.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever erases a person must know what this room holds of them."""
        from unbroken.directory import erasing  # noqa: F401
