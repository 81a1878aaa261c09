"""Finding a login by what somebody typed: capitals and blanks around the address do not matter."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class Logins(BaseUserManager[Any]):
    """Looks a login up; a login is only ever made by hiring an agent."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The login behind an e-mail address as typed."""
        return self.get(email=(username or "").strip().lower())
