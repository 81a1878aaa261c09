"""A real slapd of the distribution, in a folder of its own, with a few people; and a false one."""

import contextlib
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.intake.doors import free_port
from unbroken.staffing.ldap_settings import Ldap

SLAPD, SLAPADD, SCHEMA = "/usr/sbin/slapd", "/usr/sbin/slapadd", Path("/etc/ldap/schema")
BASE, GROUP = "ou=people,dc=isp,dc=example", "cn=desk,dc=isp,dc=example"
OUTER = "cn=everybody,dc=isp,dc=example"
SECRET, SERVICE = "what the directory knows", "uid=service,dc=isp,dc=example"
_CONFIG = """
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
allow bind_anon_dn
TLSCertificateFile {folder}/cert.pem
TLSCertificateKeyFile {folder}/key.pem
database mdb
maxsize 10485760
suffix dc=isp,dc=example
directory {folder}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service}" read by * auth
"""
_ENTRIES = f"""
dn: dc=isp,dc=example
objectClass: domain
dc: isp

dn: {SERVICE}
objectClass: account
objectClass: simpleSecurityObject
uid: service
userPassword: {SECRET}

dn: {BASE}
objectClass: organizationalUnit
ou: people

dn: {GROUP}
objectClass: groupOfNames
cn: desk
member: uid=sofie,{BASE}

dn: {OUTER}
objectClass: groupOfNames
cn: everybody
member: cn=middle,dc=isp,dc=example

dn: cn=middle,dc=isp,dc=example
objectClass: groupOfNames
cn: middle
member: cn=night\\, shift,dc=isp,dc=example
member: cn=circle,dc=isp,dc=example

dn: cn=circle,dc=isp,dc=example
objectClass: groupOfNames
cn: circle
member: cn=middle,dc=isp,dc=example

dn: cn=night\\, shift,dc=isp,dc=example
objectClass: groupOfUniqueNames
cn: night, shift
uniqueMember: uid=nora,{BASE}

dn: cn=round,dc=isp,dc=example
objectClass: groupOfNames
cn: round
member: cn=square,dc=isp,dc=example
member: uid=timo,{BASE}

dn: cn=square,dc=isp,dc=example
objectClass: groupOfNames
cn: square
member: cn=round,dc=isp,dc=example

dn: ou=far,{BASE}
objectClass: referral
objectClass: extensibleObject
ou: far
ref: ldap://127.0.0.1:{{far}}/ou=far,{BASE}
"""
_PERSON = """
dn: uid={uid},{base}
objectClass: inetOrgPerson
uid: {uid}
cn: {uid}
sn: {uid}
displayName: {name}
mail: {mail}
userPassword: {secret}
"""
TLS_PORTS: dict[int, int] = {}
"""Where a server that is reached by StartTLS begins with TLS."""
PEOPLE = (
    ("sofie", "Sofie", "sofie@desk.example"),
    ("timo", "Timo", "timo@desk.example"),
    ("nora", "Nora New", "nora@desk.example"),
    ("one", "One", "both@desk.example"),
    ("two", "Two", "both@desk.example"),
)


def why_not() -> str:
    """Why there can be no directory here; empty when there can."""
    return "" if Path(SLAPD).exists() else "slapd is missing: apt-get install slapd"


@contextlib.contextmanager
def running() -> Iterator[Ldap]:
    """The directory as long as the block lasts, as the desk is told of it."""
    folder = Path(tempfile.mkdtemp(prefix="unbroken-slapd-"))
    port, with_tls = free_port(), free_port()
    TLS_PORTS[port] = with_tls
    _certificate(folder)
    config, entries = folder / "slapd.conf", folder / "entries.ldif"
    config.write_text(_CONFIG.format(folder=folder, schema=SCHEMA, service=SERVICE))
    people = [
        _PERSON.format(uid=uid, name=name, mail=mail, base=BASE, secret=SECRET)
        for uid, name, mail in PEOPLE
    ]
    with a_false_one() as far:
        entries.write_text("\n".join([_ENTRIES.format(far=far.port), *people]))
        subprocess.run([SLAPADD, "-q", "-f", config, "-l", entries], check=True)
        listens = f"ldap://127.0.0.1:{port} ldaps://127.0.0.1:{with_tls}"
        process = subprocess.Popen([SLAPD, "-d", "0", "-f", config, "-h", listens])
        try:
            _wait(with_tls)
            yield Ldap(
                host="localhost", port=port, is_tls_at_once=False, ca=str(folder / "cert.pem"),
                base=BASE, filter="(|(mail={name})(uid={name}))", user=SERVICE, password=SECRET,
                group="", by_address=False, role="",
            )  # fmt: skip
        finally:
            process.terminate()
            process.wait(120)
            shutil.rmtree(folder)
    assert far.heard == [], "a referral was followed"


@dataclass
class Stranger:
    """Somebody on the way: what they heard, and whether they say anything."""

    port: int = 0
    declines: bool = False
    heard: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def a_false_one(*, declines: bool = False) -> Iterator[Stranger]:
    """Listens and says nothing, or that there is no TLS (protocolError)."""
    one = Stranger(declines=declines)

    class Ear(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while said := self.request.recv(4096):
                one.heard.append(said)
                if declines:
                    number = said[2:5]  # the tag, length and value of a small message number
                    self.request.sendall(
                        b"\x30\x0c" + number + b"\x78\x07\x0a\x01\x02\x04\x00\x04\x00"
                    )

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Ear) as server:
        one.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join(60)


def _wait(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        time.sleep(0.02)
    raise AssertionError("slapd did not start")


def _certificate(folder: Path) -> None:
    """For localhost and nobody else, vouched for by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
