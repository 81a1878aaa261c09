"""The numbers of what is known."""

from typing import NewType

ArticleId = NewType("ArticleId", int)
CannedId = NewType("CannedId", int)
PictureId = NewType("PictureId", int)
