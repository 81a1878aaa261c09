"""Where the status page is, its feed, its mail, and what programs read."""

from django.urls import path

from unbroken.portal.status import hearing, pages

urlpatterns = [
    path("status", pages.status, name="status"),
    path("status.atom", pages.feed, name="status_feed"),
    path("status/mail", hearing.ask, name="status_mail"),
    path("status/mail/<str:token>", hearing.own, name="status_mail_own"),
    path("status/mail/<str:token>/end", hearing.end, name="status_mail_end"),
]
