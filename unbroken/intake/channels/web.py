"""The web form: a request as it was sent, kept as JSON before anything else."""

from unbroken.ground.words import _
from unbroken.intake.asked import WebRequest
from unbroken.intake.outgoing import Outgoing, PermanentFailure, Refusal


class WebChannel:
    """Asked in the portal. Answers go to the portal, and by mail to who gave an address."""

    key = "web"
    label = _("Web form")

    def read(self, raw: bytes) -> WebRequest:
        """What was asked."""
        return WebRequest.from_json(raw)

    def deliver(self, outgoing: Outgoing) -> tuple[Refusal, ...]:
        """Nothing is ever sent here: the portal shows the record, mail carries the news."""
        raise PermanentFailure("web.no_delivery")


channel = WebChannel()
