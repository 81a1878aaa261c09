"""Where a customer sets their service."""

from django.urls import path

from unbroken.portal.prices import pages

urlpatterns = [
    path("service-level", pages.sliders, name="sliders"),
    path("service-level/order", pages.order, name="sliders_order"),
]
