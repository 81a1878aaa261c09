"""`/api/v2/summary.json` and its siblings: where programs expect a status page."""

from django.urls import path

from unbroken.portal.status import pages

urlpatterns = [path("<path:what>.json", pages.data)]
