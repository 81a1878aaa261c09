"""Where the public pages of what is known are."""

from django.urls import URLPattern, path

from unbroken.portal.help import feedback, maps, pages, pictures, suggesting

urlpatterns: list[URLPattern] = [
    path("sitemap.xml", maps.sitemap, name="sitemap"),
    path("robots.txt", maps.robots, name="robots"),
    path("help", pages.root, name="help_root"),
    path("help/feedback/<int:article_id>", feedback.feedback, name="help_feedback"),
    path("help/suggestions", suggesting.suggestions, name="help_suggestions"),
    path("help/pictures/<str:place>", pictures.picture, name="help_picture"),
    path("help/<path:place>", pages.place, name="help"),
    path("articles/<int:article_id>", pages.by_number, name="article"),
]
