"""Pictures of articles: where they stand, and whether a reader may see one."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import row
from unbroken.knowledge.pictures.reading import ENDINGS


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture; `raw` is None once it was erased."""

    id: int
    name: str
    media_type: str
    raw: bytes | None
    digest: bytes

    @property
    def place(self) -> str:
        """The end of its address, and how an article names it: 7-lamps-of-a-router.png"""
        return f"{self.id}-{self.name}.{ENDINGS[self.media_type]}"


def picture(number: int, *, for_readers: bool, at: datetime) -> PictureRow | None:
    """A picture; `for_readers` only if a public article shows it now."""
    query = "knowledge/queries/picture.sql"
    return row(PictureRow, query, number=number, for_readers=for_readers, at=at)
