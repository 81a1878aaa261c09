"""A picture of an article, for whoever may read the article: no cookie, kept on the way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from unbroken.ground.clock import now
from unbroken.knowledge.queries.pictures import picture as find
from unbroken.portal.access import NUMBERS_END

KEPT_SECONDS = 3_600
POLICY = "default-src 'none'; sandbox"


@require_safe
def picture(request: HttpRequest, place: str) -> HttpResponse:
    """Its bytes as what they are; not found where no public article shows it."""
    number = place.partition("-")[0]
    known = number.isascii() and number.isdigit() and int(number) < NUMBERS_END
    found = find(int(number), for_readers=True, at=now()) if known else None
    if found is None or found.raw is None or found.place != place:
        raise Http404("picture")
    tag = f'"{bytes(found.digest).hex()[:32]}"'
    response = get_conditional_response(request, etag=tag) or HttpResponse(
        bytes(found.raw), content_type=found.media_type
    )
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response.headers["Content-Security-Policy"] = POLICY
    return response
