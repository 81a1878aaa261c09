"""What somebody asked in a form or over the API, as it is kept before anything else."""

import base64
import json
from dataclasses import asdict, dataclass, fields, replace


@dataclass(frozen=True)
class WebFile:
    """A file sent along with a form; `data` is base64."""

    name: str
    media_type: str
    data: str

    def bytes(self) -> bytes:
        return base64.b64decode(self.data)


@dataclass(frozen=True)
class WebRequest:
    """What somebody asked in a form or over the API. With `ticket_id` it adds to that ticket.

    `contact_id` is set only by a face that has signed the person in; name and addresses are
    what a stranger typed. `amount`: of an order, what it may cost a month, as a decimal.
    `fields`: custom fields by their short names, as they were typed.
    """

    words: str
    subject: str = ""
    contact_id: int | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    customer_id: int | None = None
    service_id: int | None = None
    topic_id: int | None = None
    ticket_type: str = ""
    impact: str = "medium"
    urgency: str = "medium"
    language: str = "en"
    external_id: str = ""
    ticket_id: int | None = None
    may_answer: bool = True
    amount: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[WebFile, ...] = ()

    def to_json(self) -> bytes:
        """The bytes that are kept."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @staticmethod
    def from_json(raw: bytes) -> "WebRequest":
        """Read back what was kept; fields of later versions are left aside."""
        known = {field.name for field in fields(WebRequest)}
        data = {key: value for key, value in json.loads(raw).items() if key in known}
        files = tuple(WebFile(**file) for file in data.pop("files", ()))
        typed = tuple((str(key), str(text)) for key, text in data.pop("fields", ()))
        return replace(WebRequest(**data), files=files, fields=typed)
