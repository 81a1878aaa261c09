"""For search engines: which pages are for everybody, and which are nobody's business."""

from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from unbroken.ground.clock import now
from unbroken.ground.words import current_language
from unbroken.knowledge import queries

OPEN = ("/help", "/ask", "/static/")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public article that holds; each names its languages on its own page."""
    rows = queries.articles_under(None, current_language(), public_only=True, at=now())
    places = [reverse("portal:help_root")]
    places += [reverse("portal:help", args=[row.place]) for row in rows]
    lines = "".join(
        f"<url><loc>{escape(settings.BASE_URL + place)}</loc></url>" for place in places
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is written for everybody may be found; nothing else is asked for."""
    address = settings.BASE_URL + reverse("portal:sitemap")
    lines = ["User-agent: *", *(f"Allow: {place}" for place in OPEN), "Allow: /$", "Disallow: /"]
    text = "\n".join([*lines, f"Sitemap: {address}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
