"""Where promises are added up."""

from django.urls import URLPattern, path

from unbroken.console.kept import pages

urlpatterns: list[URLPattern] = [
    path("console/dashboards/promises", pages.promises, name="promises"),
    path("console/dashboards/promises.csv", pages.table, name="promises_table"),
    path("console/dashboards/promises/requests", pages.behind, name="promises_behind"),
]
