"""The numbers of the keys that other systems hold."""

from typing import NewType

TokenId = NewType("TokenId", int)
