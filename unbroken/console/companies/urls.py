"""Where the people of a company are."""

from django.urls import path

from unbroken.console.companies import people

urlpatterns = [
    path("console/companies/<number:customer_id>", people.company, name="company"),
    path("console/companies/<number:customer_id>/managers", people.managers, name="managers"),
]
