"""Where one's own orders are."""

from django.urls import path

from unbroken.portal.orders import asking, pages

urlpatterns = [
    path("orders", pages.orders, name="orders"),
    path("orders/new", asking.new, name="order_new"),
]
