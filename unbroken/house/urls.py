"""Where each face hangs in the house: the portal at the top, the console below its own words."""

import importlib.util

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """Whether the web process answers at all; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


# A face says itself, in its urls, where it hangs below its first word.
FACES = (
    ("tmf-api/", "unbroken.api.tmf_urls"),
    ("api/v2/", "unbroken.portal.status.api_urls"),
    ("api/", "unbroken.api.urls"),
    ("", "unbroken.portal.urls"),
    ("", "unbroken.console.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [path("alive", alive, name="alive")]
urlpatterns += [path(at, include(face)) for at, face in FACES if importlib.util.find_spec(face)]

handler400 = "unbroken.house.errors.bad_request"
handler403 = "unbroken.house.errors.forbidden"
handler404 = "unbroken.house.errors.not_found"
handler500 = "unbroken.house.errors.broken"
