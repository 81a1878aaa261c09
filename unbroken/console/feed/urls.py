"""Where the calendar is."""

from django.urls import path

from unbroken.console.feed import pages

urlpatterns = [
    path("calendar/<str:token>", pages.calendar_feed, name="calendar_feed"),
    path("console/habits/calendar", pages.calendar_address, name="calendar_address"),
]
