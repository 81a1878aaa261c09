"""`python -m tests.docs`: write what the pages take from the code."""

import os
import sys

import django


def main() -> None:
    """Every page whose blocks are stale is written anew, and named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unbroken.house.settings")
    django.setup()
    from tests.docs.blocks import fill, with_new_commands
    from tests.docs.pages import DOCS, name_of, pages, text_of

    for page in pages():
        text = text_of(page)
        filled = fill(with_new_commands(text) if page == DOCS / "commands.md" else text)
        if filled != text:
            page.write_text(filled, encoding="utf-8")
            sys.stdout.write(f"{name_of(page)}\n")


if __name__ == "__main__":
    main()
