"""The API as it describes itself: made once for all tests, which takes a second."""

import json

from unbroken.api.urls import api

DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
ADDRESSES = [(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods]
