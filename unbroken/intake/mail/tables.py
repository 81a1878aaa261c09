"""Word lists kept as one readable line of words."""


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())
