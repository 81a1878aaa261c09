"""Where one sees and sets what customers are told."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.telling import pages

urlpatterns: list[URLPattern] = [
    path("console/tickets/<number:number>/told", pages.told, name="told"),
    path("console/admin/telling", pages.policy, name="admin_telling"),
    path("console/dashboards/telling", pages.measured, name="telling_measured"),
]
