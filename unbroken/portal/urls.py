"""Where the portal's pages are."""

from django.urls import path

from unbroken.portal import asking, crew, details, embed, ending, files, home, requests, signing
from unbroken.portal.company.urls import urlpatterns as company_pages
from unbroken.portal.help.urls import urlpatterns as help_pages
from unbroken.portal.lines.urls import urlpatterns as lines
from unbroken.portal.orders.urls import urlpatterns as orders
from unbroken.portal.prices.urls import urlpatterns as price_pages
from unbroken.portal.probing import page as probing
from unbroken.portal.status.urls import urlpatterns as status_pages
from unbroken.portal.well import pages as well
from unbroken.portal.wishes.urls import urlpatterns as wishes

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("ask", asking.ask, name="ask"),
    path("ask/details", details.part, name="details"),
    path("crew/<str:token>", crew.crew, name="crew"),
    path("ends", ending.ending, name="ending"),
    path("embed/ask", embed.embedded, name="embed"),
    path("asked/<int:number>", asking.asked, name="asked"),
    path("requests", requests.requests, name="requests"),
    path("requests/<int:number>", requests.show, name="request"),
    path("requests/<int:number>/facts", requests.facts, name="facts"),
    path("requests/<int:number>/recovery", requests.recovery, name="recovery"),
    path("requests/<int:number>/relapse", requests.relapse, name="relapse"),
    path("requests/<int:number>/test", probing.test, name="line_test"),
    path("requests/<int:number>/complaint", requests.complaint, name="complaint"),
    path("files/<int:file_id>/<str:name>", files.file, name="file"),
    path("well/<str:token>", well.well, name="well"),
    path("r/<str:token>", signing.link, name="link"),
    path("sign-in-link", signing.ask_link, name="sign_in_link"),
    path("sign-in-link/<str:key>", signing.use_link, name="use_link"),
    path("sign-in-code", signing.ask_code, name="sign_in_code"),
    path("sign-in-code/digits", signing.use_code, name="use_code"),
    path("leave", home.leave, name="leave"),
]
urlpatterns += company_pages + wishes + help_pages + price_pages + status_pages + lines
urlpatterns += orders
