"""Where a new request is written down."""

from django.urls import path

from unbroken.console.opening import pages

urlpatterns = [path("console/new", pages.new, name="new")]
