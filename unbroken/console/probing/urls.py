"""Where a line is tested."""

from django.urls import path

from unbroken.console.probing import page

urlpatterns = [path("console/tickets/<number:number>/tests", page.tests, name="line_tests")]
