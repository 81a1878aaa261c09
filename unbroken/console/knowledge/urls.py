"""Where the pages of what is known are, below the console's own."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.knowledge import answers, articles, beside, gaps, pictures, topics, versions

ARTICLE = "console/knowledge/articles/<number:article_id>"
TICKET = "console/tickets/<number:number>/articles"

urlpatterns: list[URLPattern] = [
    path("console/knowledge/", articles.shelf, name="knowledge"),
    path("console/knowledge/articles/new", articles.new, name="article_new"),
    path(ARTICLE, articles.article, name="article"),
    path(f"{ARTICLE}/review", articles.review, name="article_review"),
    path(f"{ARTICLE}/publication", articles.publication, name="article_publication"),
    path(f"{ARTICLE}/retirement", articles.retirement, name="article_retirement"),
    path(f"{ARTICLE}/versions", versions.versions, name="article_versions"),
    path("console/knowledge/pictures", pictures.pictures, name="pictures"),
    path("console/knowledge/pictures/<str:place>", pictures.picture, name="picture"),
    path("console/knowledge/gaps", gaps.gaps, name="gaps"),
    path("console/knowledge/answers", answers.answers, name="answers"),
    path("console/knowledge/answers/new", answers.new, name="answer_new"),
    path("console/knowledge/answers/<number:canned_id>", answers.answer_page, name="answer"),
    path("console/knowledge/topics", topics.topics, name="topics"),
    path("console/knowledge/topics/new", topics.new, name="topic_new"),
    path("console/knowledge/topics/<number:topic_id>", topics.topic, name="topic"),
    path("console/knowledge/topics/<number:topic_id>/past", topics.past, name="topic_past"),
    path(TICKET, beside.beside, name="beside"),
    path(f"{TICKET}/draft", beside.draft, name="article_draft"),
    path(f"{TICKET}/<number:article_id>/use", beside.use, name="article_use"),
]
