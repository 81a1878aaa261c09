"""One attachment's bytes, fetched again from the raw mail."""

from unbroken.intake.mail import bodies, charsets, mime, smime, tnef


def part_bytes(raw: bytes, path: str) -> bytes | None:
    """The decoded bytes at a `PartFound.path`; None when there is no such part."""
    raw = mime.with_line_feeds(raw)
    outer, _, inner = path.partition("/")
    for part in mime.cut(raw).parts():
        if part.path != outer or part.children:
            continue
        data = mime.content(raw, part)
        if not inner:
            return data
        if inner[0] == "m":
            content = smime.signed_content(data)
            return part_bytes(content, inner[1:]) if content else None
        if inner[0] == "u" and inner[1:].isdigit():
            return bodies.uu_content(charsets.decode(data, part.charset()), int(inner[1:]))
        envelope = tnef.opened(data)
        if envelope and inner.isdigit() and 0 < int(inner) <= len(envelope.attachments):
            return envelope.attachments[int(inner) - 1].data
    return None
