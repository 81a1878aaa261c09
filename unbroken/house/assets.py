"""Style, script and pictures: named by their content, so a browser fetches each only once.

`collect` copies them into the data folder under such names, compressed beforehand; the web
processes serve them from there as never changing. Without a collection (tests, commands) a
file keeps its plain name.
"""

import hashlib
import io

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from unbroken.house.locks import take_lock
from unbroken.house.notes import Notes

PATIENCE_SECONDS = 30.0
NOT_SHOWN = ["ext", "htmx-2.js", "htmx-4*", "htmax-4*", "django-htmx.js"]
"""Of the library's files, what no page of ours uses."""

IMPORT = (
    r"""(?P<matched>(?m:^)import(?P<import>[^"';]*?)\s*from\s*['"](?P<url>\./[^"']+)["']\s*;?)""",
    """import%(import)s from "%(url)s";""",
)
IMPORT_ALONE = (
    r"""(?P<matched>(?m:^)import\s*['"](?P<url>\./[^"']+)["']\s*;?)""",
    """import "%(url)s";""",
)
"""Django's own ask for a semicolon, which our scripts do without; a script that is imported under
its plain name runs a second time, with a state of its own."""


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Knows each file's name by content; scripts that import each other are rewritten too."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("*.js", (IMPORT, IMPORT_ALONE))
    manifest_strict = False

    def read_manifest(self) -> str | None:
        """What was collected; nothing where there is no folder to collect into."""
        return str(super().read_manifest() or "") or None if self.base_location else None

    def stored_name(self, name: str) -> str:
        """The name by content, or the plain one when it was not collected."""
        collected: dict[str, str] = self.hashed_files
        return collected.get(self.hash_key(self.clean_name(name)), name)


def fingerprint() -> str:
    """Changes whenever some file does."""
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def collect() -> None:
    """Bring the collection up to date; nothing is done when no file changed."""
    notes = Notes(settings.UNBROKEN.data)
    now = fingerprint()
    with take_lock(
        notes.data / "static.lock", purpose="a collector", patience_seconds=PATIENCE_SECONDS
    ):
        if notes.read("assets") != now or not settings.STATIC_ROOT.exists():
            call_command(
                "collectstatic",
                interactive=False,
                verbosity=0,
                ignore_patterns=NOT_SHOWN,
                stdout=io.StringIO(),
            )
            notes.write("assets", now)
