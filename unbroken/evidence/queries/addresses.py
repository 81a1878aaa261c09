"""Which line has which address now."""

from django.db import connection

from unbroken.directory.network_queries import lines_of_services


def lines_by_address() -> dict[str, str]:
    """Addresses of services and of open sessions, and the resource (or service) that has each."""
    by_access, by_ip = lines_of_services()
    found = dict(by_ip)
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT host(address), "user" FROM radius_session'
            " WHERE ended_at IS NULL AND address IS NOT NULL ORDER BY started_at"
        )
        for address, user in cursor.fetchall():
            if user in by_access:
                found[address] = by_access[user]
    return found
