"""Where the network is looked at as a whole."""

from django.urls import URLPattern, path

from unbroken.console.overview import pages

urlpatterns: list[URLPattern] = [
    path("console/problems/now", pages.network, name="network_now"),
    path("console/problems/full", pages.full, name="network_full"),
    path("console/problems/after", pages.outages, name="outages_after"),
    path("console/problems/after.csv", pages.table, name="outages_table"),
]
