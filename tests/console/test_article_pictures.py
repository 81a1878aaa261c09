"""Pictures in articles: taken in beside the words, seen by readers once an article shows them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.console.desk import SOFIE, VERA, Desk
from tests.knowledge.test_pictures import png
from unbroken.conversation import actions as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.models import Blob


def test_readers_see_a_picture_as_long_as_a_public_article_shows_it(desk: Desk) -> None:
    """The attack: a picture that is not published yet, by its number."""
    record.set_topic(key="lamps", names={"en": "Lamps"}, by=HOUSE, at=now())
    writer, reader = desk.client(VERA), Client()
    file = SimpleUploadedFile("Router (lamps).png", png(), "application/x-anything")
    words = writer.post("/console/knowledge/pictures", {"picture": file}).json()["words"]
    assert words.startswith("![Router (lamps)](picture/")
    place = words.partition("picture/")[2].rstrip(")")
    assert writer.get(f"/console/knowledge/pictures/{place}").content == png()
    assert reader.get(f"/help/pictures/{place}").status_code == 404

    sheet = {"topic": "lamps", "audience": "public", "title_en": "Dark lamp", "body_en": words}
    kept = writer.post("/console/knowledge/articles/new", sheet | {"then": "publish"})
    number = kept["Location"].rstrip("/").rpartition("/")[2]
    shown = reader.get(f"/help/pictures/{place}")
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/png", png())
    assert shown["Cache-Control"].startswith("public")
    same = reader.get(f"/help/pictures/{place}", headers={"If-None-Match": shown["ETag"]})
    assert same.status_code == 304
    assert f'src="/help/pictures/{place}"' in reader.get("/help/lamps/dark-lamp").content.decode()
    writer.post(f"/console/knowledge/articles/{number}/retirement")

    assert reader.get(f"/help/pictures/{place}").status_code == 404
    blob = Blob.objects.order_by("-id").first()
    assert blob is not None
    assert blob.whose == f"agent:{desk.agents[VERA]}", "erased with the words of whoever gave it"


def test_without_scripts_a_picture_is_put_below_the_words(desk: Desk) -> None:
    client, address = desk.client(SOFIE), "/console/knowledge/articles/new"
    sheet = {"topic": "", "title_en": "Lamps", "body_en": "Look:", "then": "picture:en"}
    file = SimpleUploadedFile("lamp.png", png(), "image/png")

    page = client.post(address, sheet | {"picture": file, "shows": "The lamps"}).content.decode()
    assert "Look:\n\n![The lamps](picture/" in page
    assert 'src="/console/knowledge/pictures/' in page
    torn = SimpleUploadedFile("lamp.png", b"GIF8", "image/png")
    wrong = client.post(address, sheet | {"picture": torn})
    assert wrong.status_code == 422
    assert "This is no picture" in wrong.content.decode()
    assert "Look:" in wrong.content.decode()
