"""The API alone, as the house hangs it."""

from django.urls import include, path

urlpatterns = [path("api/", include("unbroken.api.urls"))]
