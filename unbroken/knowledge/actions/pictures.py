"""A picture for articles is taken in: checked, without what its camera knew, never changed."""

import re
from datetime import datetime
from pathlib import PurePath

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin
from unbroken.knowledge.events import PictureAdded
from unbroken.knowledge.ids import PictureId
from unbroken.knowledge.models import Picture
from unbroken.knowledge.pictures.reading import BYTES_MAX, NotAPicture, read_picture
from unbroken.knowledge.slugs import slug_of

NAME_MAX = 60


def add_picture(*, name: str, data: bytes, by: Actor, at: datetime) -> PictureId:
    """Readers see it once a published article shows it. Its bytes are whoever's who gave them:
    erasing that person's words erases them, too."""
    if len(data) > BYTES_MAX:
        raise Refused("picture.too_large", limit=f"{BYTES_MAX // 1_000_000} MB")
    try:
        found = read_picture(data)
    except NotAPicture:
        raise Refused("picture.is_none") from None
    with begin(Picture, by=by, at=at) as picture:
        picture.name = called(name)
        picture.media_type, picture.size = found.media_type, len(found.data)
        picture.width, picture.height = found.width, found.height
        picture.blob_id = picture.kept(found.data, whose=by)
        picture.tell(PictureAdded(media_type=found.media_type, size=len(found.data)))
    return PictureId(picture.id)


def called(name: str) -> str:
    """A file's name as a part of an address."""
    stem = PurePath(name.replace("\\", "/")).stem
    return re.sub(r"-{2,}", "-", slug_of(stem))[:NAME_MAX].strip("-") or "picture"
