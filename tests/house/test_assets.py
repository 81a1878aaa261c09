"""Scripts that import each other do so under the names by content."""

import re

from django.conf import settings

from unbroken.house.assets import IMPORT, IMPORT_ALONE


def test_no_script_is_imported_under_its_plain_name_and_so_run_twice() -> None:
    scripts = [path for folder in settings.STATICFILES_DIRS for path in folder.rglob("js/*.js")]
    imports = [
        line
        for path in scripts
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"import\b", line)
    ]

    assert imports
    for line in imports:
        assert any(re.search(pattern, line) for pattern, _template in (IMPORT, IMPORT_ALONE)), line
