"""Whether an address is free to listen on, and whether somebody answers there."""

import socket

from unbroken.house.addresses import Address, WrongSetting


def is_free(name: str, address: Address) -> bool:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.host, address.port))
        except PermissionError as error:
            raise WrongSetting(f"{name}={address}: this user may not listen there.") from error
        except socket.gaierror as error:
            raise WrongSetting(f"{name}: there is no address {address.host!r} here.") from error
        except OSError:
            return False
    return True


def accepts(address: Address) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)
    try:
        with socket.create_connection((host, address.port), timeout=1):
            return True
    except OSError:
        return False
