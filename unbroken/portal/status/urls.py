"""Where the status page is, its feed, and what programs read."""

from django.urls import path

from unbroken.portal.status import pages

urlpatterns = [
    path("status", pages.status, name="status"),
    path("status.atom", pages.feed, name="status_feed"),
]
