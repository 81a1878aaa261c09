"""Makes this room known to Django."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """The room `staffing`."""

    name = "unbroken.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Customers may have somebody of this room named for them."""
        from unbroken.staffing import named  # noqa: F401
