"""Every setting of the desk: its name, what it is when absent, and what it is for.

`unbroken settings` prints this list, docs/settings.md is made from it, and a test fails when a
variable is used anywhere without standing here. How each is read stands in `setting_readers.py`.
"""

from dataclasses import dataclass

from unbroken.staffing import ldap_settings


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, what it is when absent, and one sentence on what it is for."""

    name: str
    default: str
    meaning: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "UNBROKEN_DATA",
        "data/ in the checkout",
        "Folder for the embedded PostgreSQL, the secret key, sent mail of the demo and logs; "
        "everything the desk writes lies under it.",
    ),
    Setting(
        "UNBROKEN_DATABASE_URL",
        "",
        "An outside PostgreSQL (15 or newer) instead of the embedded one, as "
        "postgresql://user:password@host:port/name?sslmode=….",
        is_secret=True,
    ),
    Setting("UNBROKEN_HTTP", "127.0.0.1:8000", "Address and port where the pages are served."),
    Setting(
        "UNBROKEN_LMTP",
        "127.0.0.1:8024",
        "Address and port where mail is taken in by LMTP (for a Postfix next door).",
    ),
    Setting(
        "UNBROKEN_SMTP",
        "127.0.0.1:8025",
        "Address and port where mail is taken in by SMTP.",
    ),
    Setting(
        "UNBROKEN_SMTP_URL",
        "",
        "Where mail goes out: smtp://user:password@host:port (smtps:// for TLS) or file:///DIR, "
        "one .eml a mail. When absent, the relay named in the administration; without one, the "
        "folder `sent` under UNBROKEN_DATA, shown in the console as a mail catcher.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_MAIL_BYTES_MAX",
        "52428800",
        "The largest mail that is taken in, in bytes; a larger one is refused at the door.",
    ),
    Setting(
        "UNBROKEN_MAIL_STRICT",
        "",
        "1 refuses mail to addresses that are no mailbox of ours; otherwise it goes to the "
        "default mailbox. Nothing is ever sent on.",
    ),
    Setting("UNBROKEN_RADIUS", "127.0.0.1:1813", "Address and port for RADIUS accounting (UDP)."),
    Setting(
        "UNBROKEN_RADIUS_DICTIONARIES",
        "",
        "Folder with dictionaries of FreeRADIUS, whose vendors' attributes are then kept with each "
        "session by name; those that say something about a line are known anyway.",
    ),
    Setting("UNBROKEN_SYSLOG", "127.0.0.1:5514", "Address and port for syslog (UDP and TCP)."),
    Setting("UNBROKEN_SNMPTRAP", "127.0.0.1:1162", "Address and port for SNMP traps (UDP)."),
    Setting(
        "UNBROKEN_NETFLOW",
        "127.0.0.1:2055",
        "Address and port for flows of routers: NetFlow v5, v9 and IPFIX (UDP).",
    ),
    Setting(
        "UNBROKEN_SYSLOG_TLS",
        "",
        "Address and port for syslog over TLS, as 0.0.0.0:6514; closed when absent.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_CERTIFICATE",
        "",
        "File with the certificate (and chain) of that door, PEM; a renewed one is taken up.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_KEY",
        "",
        "File with its key, PEM, where the certificate's file does not hold it too.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_CA",
        "",
        "File with the authority whose certificates devices have to show there; when absent they "
        "show none and are known by their address, as at the other doors.",
    ),
    Setting(
        "UNBROKEN_SNMP_DEVICES",
        "",
        "A TOML file with the devices that are asked by SNMP v2c: [[device]] with resource (its "
        "key in the inventory), community, and, if other than 300, every (seconds); and each "
        "[[user]] who signs SNMPv3 traps (docs/rooms/evidence.md).",
    ),
    Setting(
        "UNBROKEN_PROBES",
        "",
        "Where a test of a line looks besides the line itself and its NAS: at most eight "
        "addresses, as dns 192.0.2.53, tcp 192.0.2.80:443, ping 192.0.2.1.",
    ),
    Setting(
        "UNBROKEN_RADACCT_URL",
        "",
        "A PostgreSQL, MySQL or MariaDB in which FreeRADIUS or daloRADIUS keeps its table "
        "radacct, as postgresql://user:password@host/radius or mysql://user:password@host/radius "
        "(over TLS with ?ca=FILE): read every minute, what is new; never written.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_GENIEACS_URL",
        "",
        "The NBI of your GenieACS, as http://user:password@acs.isp.example:7557: what modems last "
        "told it and its faults are fetched every five minutes.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_BASE_URL",
        "http:// and UNBROKEN_HTTP",
        "The address by which customers and agents reach the desk; it stands in every mail, and "
        "https:// makes the sign-in cookies secure.",
    ),
    Setting(
        "UNBROKEN_PROXIES",
        "",
        "Addresses or networks, with commas between them, of the proxies in front of the pages: "
        "whom they name in X-Forwarded-For is taken for the visitor. Needed for limits by place.",
    ),
    Setting(
        "UNBROKEN_EMBED_ORIGINS",
        "",
        "Pages that may show the form /embed/ask in a frame: their origins with commas between "
        "them, as https://www.isp.example. When absent, those named in the administration.",
    ),
    Setting(
        "UNBROKEN_BILLING_URL",
        "",
        "Where billing takes credits: each that is booked or taken back is sent there once as JSON "
        "(POST), signed, and tried again for three days. See docs/rooms/promise.md.",
    ),
    Setting(
        "UNBROKEN_BILLING_SECRET",
        "",
        "The secret that credits are signed with (HMAC-SHA256); billing knows it too.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_SECRET_KEY",
        "made on the first start and kept in secret_key under UNBROKEN_DATA",
        "Signs sign-ins and mail links; on several machines it must be the same on each.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_SECOND_FACTOR",
        "",
        "Roles that have to prove themselves with an app or a passkey besides the password, with "
        "commas between them, as admin,head; all means every role.",
    ),
    Setting(
        "UNBROKEN_OPENID",
        "",
        "Address of your OpenID Connect provider (its issuer, as https://login.example/realm). "
        "Agents tie their account to it on their own page and sign in there from then on.",
    ),
    Setting("UNBROKEN_OPENID_CLIENT", "unbroken", "What the desk is called at that provider."),
    Setting(
        "UNBROKEN_OPENID_SECRET", "", "The secret it shares with that provider.", is_secret=True
    ),
    Setting(
        "UNBROKEN_OPENID_BY_ADDRESS",
        "",
        "1 ties an agent to their account at the provider the first time it names them by an "
        "e-mail address that it has confirmed; only where nobody can choose their address there.",
    ),
    Setting(
        "UNBROKEN_OPENID_ROLE",
        "",
        "The role of whoever the provider names by a confirmed address that is no agent's: they "
        "work here from then on, in no team. When absent, nobody is let in who is no agent.",
    ),
    Setting(
        "UNBROKEN_LDAP_URL",
        "",
        "Your directory, as ldaps://ldap.example or ldap://ldap.example (which begins with "
        "StartTLS, always). Agents then sign in with their name and password there too.",
    ),
    Setting(
        "UNBROKEN_LDAP_CA",
        "",
        "File with the certificates that vouch for the directory's; when absent, this machine's.",
    ),
    Setting(
        "UNBROKEN_LDAP_BASE", "", "Below which entry people stand, as ou=people,dc=isp,dc=example."
    ),
    Setting(
        "UNBROKEN_LDAP_FILTER",
        ldap_settings.FILTER,
        "Which entry a name means, {name} being what was typed; for Active Directory "
        "(|(mail={name})(sAMAccountName={name})).",
    ),
    Setting(
        "UNBROKEN_LDAP_USER",
        "",
        "The entry as which the desk looks for people, where not everybody may.",
    ),
    Setting("UNBROKEN_LDAP_PASSWORD", "", "The password of that entry.", is_secret=True),
    Setting(
        "UNBROKEN_LDAP_GROUP",
        "",
        "A group whose members alone may come in, as cn=desk,ou=groups,dc=isp,dc=example; it "
        "names them as member or uniqueMember.",
    ),
    Setting(
        "UNBROKEN_LDAP_BY_ADDRESS",
        "",
        "1 ties an agent to the entry that has their e-mail address, the first time they come in "
        "with it; only where nobody can change their own address there.",
    ),
    Setting(
        "UNBROKEN_LDAP_ROLE",
        "",
        "The role of whoever comes in by an entry whose address is no agent's: they work here "
        "from then on, in no team. When absent, nobody is let in who is no agent.",
    ),
    Setting(
        "UNBROKEN_CLOCK",
        "",
        "START@SPEED, for rehearsals only: the desk's clock begins at START and runs SPEED times "
        "as fast.",
    ),
    Setting(
        "UNBROKEN_CLOCK_EPOCH",
        "noted under UNBROKEN_DATA when the rehearsal begins",
        "When a rehearsal began in real time, so that all its processes agree; set by hand only "
        "on several machines.",
    ),
    Setting(
        "UNBROKEN_WEB_PROCESSES",
        "1",
        "Web processes; one is enough for a hundred agents, more use more processors.",
    ),
    Setting(
        "UNBROKEN_WATCH_PROCESSES",
        "2",
        "Watch processes; they share the loops, so that one loop may use a processor by itself.",
    ),
    Setting("UNBROKEN_WEB_THREADS", "8", "Pages that one web process makes at the same time."),
    Setting(
        "UNBROKEN_POOL",
        "10",
        "Database connections that one process keeps at most; 0 opens one per thread instead.",
    ),
    Setting(
        "UNBROKEN_WORKER_JOBS",
        "8",
        "Calls to the outside that one worker makes at the same time.",
    ),
    Setting(
        "UNBROKEN_COUNTRY",
        "DE",
        "Two letters: the country in which telephone numbers without a country code are written.",
    ),
    Setting(
        "UNBROKEN_TIMEZONE",
        "UTC",
        "The time zone in which days and weeks are counted for figures and reports, as "
        "Europe/Berlin. After a change: unbroken figures rebuild --again.",
    ),
    Setting(
        "UNBROKEN_RADIUS_DAYS",
        "30",
        "For how many days RADIUS packets are kept as they came. The sessions folded from them are "
        "kept as long as all other records of the network.",
    ),
    Setting(
        "UNBROKEN_EVIDENCE_DAYS",
        "800",
        "For how many days sessions, alarms, log lines and the last reading of every three hours "
        "are kept.",
    ),
    Setting(
        "UNBROKEN_READINGS_DAYS",
        "95",
        "For how many days every single reading of a line is kept. Of older ones the last of every "
        "three hours stays, as long as all other records of the network.",
    ),
    Setting(
        "UNBROKEN_RECEIPT_CERTAINTY",
        "90",
        "From how many percent of certainty on the acknowledgement says what was found on the "
        "line; 0 never says it. Only what is ours to mend is said, never that it is the customer.",
    ),
    Setting(
        "UNBROKEN_DEBUG",
        "",
        "1 shows errors on the page and reloads templates; never where customers can reach it.",
    ),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}
