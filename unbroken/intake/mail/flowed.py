"""Text that was wrapped to be unwrapped again (RFC 3676): long lines made whole."""


def unwrapped(text: str, *, drop_spaces: bool = False) -> str:
    """Join the lines that end in a space; signatures and quote marks keep their places."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = 0
        while depth < len(line) and line[depth] == ">":
            depth += 1
        body = line[depth:]
        body = body[1:] if body[:1] == " " else body
        is_signature = body == "-- "
        if open_depth == depth and not is_signature and out:
            out[-1] += body
        else:
            out.append((">" * depth + " " if depth else "") + body)
        is_open = body[-1:] == " " and not is_signature and len(out[-1]) < 20_000
        if is_open and drop_spaces:
            out[-1] = out[-1][:-1]
        open_depth = depth if is_open else None
    return "\n".join(out)
