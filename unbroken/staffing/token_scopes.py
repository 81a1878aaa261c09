"""What a token may be good for. A new word here needs no migration."""

from typing import Final

READ: Final = "tickets:read"
WRITE: Final = "tickets:write"
NETWORK: Final = "network:write"
SCOPES: Final = (READ, WRITE, NETWORK)
