"""Where orders are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.orders import pages

ORDER = "console/ahead/orders/<number:order_id>"

urlpatterns: list[URLPattern] = [
    path("console/ahead/orders", pages.orders, name="orders"),
    path("console/ahead/orders/new", pages.new, name="order_new"),
    path(ORDER, pages.order, name="order"),
    path(f"{ORDER}/steps/<number:step_id>", pages.step, name="order_step"),
    path(f"{ORDER}/end", pages.end, name="order_end"),
]
