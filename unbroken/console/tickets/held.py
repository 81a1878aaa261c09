"""An answer given by mail that was not sent: on the page with what its writer did not know.

The link in the mail says up to where the writer had read. It decides nothing: one sends, changes or
discards on the page.
"""

from dataclasses import replace

from unbroken.console.access import AgentRequest
from unbroken.console.tickets.composer import Composer
from unbroken.console.tickets.meanwhile import before_writing
from unbroken.conversation.ids import TicketId
from unbroken.ground.words import _, in_language

BY_MAIL = _("You wrote this by mail. It was not sent.")
VERSION_DIGITS_MAX = 9


def with_held(composer: Composer, request: AgentRequest, number: TicketId) -> Composer:
    """The composer as it is; or, behind such a link, with the news beside the words."""
    held = request.GET.get("held", "")
    is_number = held.isascii() and held.isdigit() and len(held) <= VERSION_DIGITS_MAX
    if not is_number or not composer.words:
        return composer
    before = before_writing(request.agent, number, int(held))
    news = before.news if before else ()
    return replace(composer, mode="reply", wrong=(in_language(BY_MAIL),), news=news, is_held=True)
