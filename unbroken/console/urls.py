"""Where the console's pages are."""

from django.urls import path
from django.views.generic import RedirectView

from unbroken.console import signing
from unbroken.console.tickets import views as tickets

app_name = "console"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="console:work"), name="home"),
    path("sign-in", signing.sign_in, name="sign_in"),
    path("sign-out", signing.sign_out, name="sign_out"),
    path("look", signing.look, name="look"),
    path("console/", tickets.work, name="work"),
]
