"""The numbers by which the house knows its own people."""

from typing import NewType

AgentId = NewType("AgentId", int)
TeamId = NewType("TeamId", int)
RoleId = NewType("RoleId", int)
LoginId = NewType("LoginId", int)
TokenId = NewType("TokenId", int)
"""The number of the key that another system holds."""
