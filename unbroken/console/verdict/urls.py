"""Where the line of a request is seen."""

from django.urls import path

from unbroken.console.verdict import page

urlpatterns = [path("console/tickets/<number:number>/line", page.verdict, name="verdict")]
