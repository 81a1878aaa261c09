"""Where one's own orders are."""

from django.urls import path

from unbroken.portal.orders import pages

urlpatterns = [path("orders", pages.orders, name="orders")]
