"""How many status pages a second one core serves from memory, beside the barest page of the house.

`python bench/status_page.py [COUNT]`, with UNBROKEN_DATA of a running desk. Both go through the
whole of the web application in one process: the floor is `/alive`, which says "ok" and nothing
else. Prints processor time, requests a second and core, and the ratio to the floor.
"""

import io
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unbroken.house.settings")

PATHS = ("/alive", "/status", "/api/v2/summary.json", "/status.atom")


def ask(application: Callable[..., Iterable[bytes]], path: str) -> int:
    """One request as a web server hands it over; its length."""
    told: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": False,
        "wsgi.multiprocess": True, "wsgi.run_once": False, "HTTP_ACCEPT_ENCODING": "gzip",
    }  # fmt: skip
    found = application(environ, lambda status, headers, wrong=None: told.append(status))
    length = sum(len(piece) for piece in found)
    getattr(found, "close", lambda: None)()
    assert told[0].startswith("200"), (path, told)
    return length


def main() -> None:
    """Print the table."""
    from django.core.wsgi import get_wsgi_application

    application, count = get_wsgi_application(), int((sys.argv[1:] or ["3000"])[0])
    floor = 0.0
    for path in PATHS:
        length = ask(application, path)
        began = time.process_time()
        for _time in range(count):
            ask(application, path)
        each = (time.process_time() - began) / count
        floor = floor or each
        spent = f"{1e6 * each:7.0f} us {1 / each:7.0f}/s {each / floor:5.2f} x"
        print(f"{path:22} {length:7} bytes {spent}")


if __name__ == "__main__":
    main()
