"""Requests that another system makes over the API; kept and read like a web form."""

from unbroken.ground.words import _
from unbroken.intake.asked import WebRequest
from unbroken.intake.outgoing import Outgoing, PermanentFailure, Refusal


class ApiChannel:
    """Another system asked; it reads the answer over the API too."""

    key = "api"
    label = _("Another system")

    def read(self, raw: bytes) -> WebRequest:
        """What was asked."""
        return WebRequest.from_json(raw)

    def deliver(self, outgoing: Outgoing) -> tuple[Refusal, ...]:
        """Nothing is ever sent here: the other system reads the record."""
        raise PermanentFailure("api.no_delivery")


channel = ApiChannel()
