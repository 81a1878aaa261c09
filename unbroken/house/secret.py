"""The key that signs sign-ins and mail links: made once, kept in the data folder, read by all."""

import os
import secrets

from unbroken.house.environment import Environment
from unbroken.house.postgres_folder import open_data_folder


def keep(read: Environment) -> None:
    """See to it that there is a key, the same after every start."""
    if read.secret_key:
        return
    open_data_folder(read.data)
    scratch = read.data / f"secret_key.{os.getpid()}"
    scratch.touch(mode=0o600)
    scratch.write_text(secrets.token_urlsafe(50) + "\n")
    try:
        os.link(scratch, read.data / "secret_key")  # the first of several starters wins
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
