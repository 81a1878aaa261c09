"""Where prices are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.prices import costs, pages

urlpatterns: list[URLPattern] = [
    path("console/admin/prices", pages.equaliser, name="prices"),
    path("console/admin/prices/sale", pages.sell, name="price_sale"),
    path("console/admin/prices/mix", pages.keep, name="price_mix"),
    path("console/admin/prices/sold/<number:sale_id>", pages.sold, name="price_sold"),
    path("console/admin/costs", costs.costs, name="costs"),
    path("console/admin/costs/undo", costs.undo, name="costs_undo"),
]
