"""Where measured figures are told: docs/diagnosis.md, each between marks of their own."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "diagnosis.md"


def write(told: str, begin: str, end: str) -> None:
    """Put the figures between the marks of the page, which are comments with these words."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- {begin} -->\n")
    _, mark, tail = rest.partition(f"<!-- {end} -->")
    PAGE.write_text(f"{head}<!-- {begin} -->\n{told}\n{mark}{tail}", encoding="utf-8")
