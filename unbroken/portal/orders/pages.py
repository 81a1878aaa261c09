"""The reader's own orders: what is there now, what comes when. Never who does it."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.orders import queries
from unbroken.orders.words import KIND_WORDS, STATE_WORDS, STEP_WORDS
from unbroken.portal import access
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.clocks import Clock


@known_required
@never_cache
@require_safe
def orders(request: KnownRequest) -> HttpResponse:
    """Of the services that the reader may see; another's are not there.

    A connection that has no service yet is seen by whoever sees all of its customer's.
    """
    own = access.services_for(request.visitor)
    numbers = {int(one.id) for one in own}
    whole = _whole(request)
    every = queries.orders_of(
        sorted({*(int(one.customer_id) for one in own), *([whole] if whole else [])})
    )
    found = [
        one for one in every
        if one.service_id in numbers or (one.service_id is None and one.customer_id == whole)
    ]  # fmt: skip
    steps = queries.steps_of([one.id for one in found])
    context = {
        "visitor": request.visitor, "place": "", "clock": Clock(request.visitor.zone),
        "orders": [(one, [s for s in steps if s.order_id == one.id]) for one in found],
        "kind_words": KIND_WORDS, "step_words": STEP_WORDS, "state_words": STATE_WORDS,
        "at": now(),
    }  # fmt: skip
    return answer(request, "portal/orders/orders.html", context)


def _whole(request: KnownRequest) -> int | None:
    """The customer of which the reader sees everything."""
    visitor = request.visitor
    card = visitor.contact
    if not visitor.is_wide or not card.confirmed or card.customer_id is None:
        return None
    is_company = access.sees_company(card)
    return int(card.customer_id) if access.sees_all(card) or not is_company else None
