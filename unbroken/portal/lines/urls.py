"""Where one's own lines are."""

from django.urls import path

from unbroken.portal.lines import pages

urlpatterns = [path("lines/<int:service_id>", pages.line, name="line")]
