"""A real Dovecot of the distribution, in a folder of its own, on ports of its own."""

import contextlib
import imaplib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.intake.doors import free_port

PASSWORD = "town"
NOBODY = 65534
_CONFIG = """
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
mail_location = maildir:~/Maildir
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
first_valid_uid = 1
listen = 127.0.0.1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
protocol lmtp {{
  auth_username_format = %n
}}
{more}
"""


def why_not() -> str:
    """Why there can be no Dovecot here; empty when there can."""
    if os.geteuid() != 0:
        return "a Dovecot of one's own needs root"
    if shutil.which("dovecot") is None:
        return "dovecot is missing: apt-get install dovecot-imapd dovecot-lmtpd"
    return ""


class Dovecot:
    """Starts, stops and starts again; mailboxes come to be when mail arrives."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        (folder / "mail").mkdir()
        os.chown(folder / "mail", NOBODY, NOBODY)
        _make_certificate(folder)
        self.config = folder / "dovecot.conf"
        self.config.write_text(
            _CONFIG.format(
                folder=folder, imap=self.imap, imaps=self.imaps, lmtp=self.lmtp, more=more
            )
        )
        self.people: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def knows(self, name: str, password: str = PASSWORD) -> None:
        """An account with this name."""
        self.people[name] = password
        lines = [f"{one}:{{PLAIN}}{secret}::::::" for one, secret in self.people.items()]
        (self.folder / "users").write_text("\n".join(lines) + "\n")

    def start(self) -> None:
        """Until it answers."""
        command = ["dovecot", "-F", "-c", str(self.config)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.imap), timeout=2).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"dovecot did not start: {self.log()}")

    def stop(self) -> None:
        """At once, with everybody's connections."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(120)
            self.process = None

    def log(self) -> str:
        """What it complained of."""
        path = self.folder / "log"
        return path.read_text()[-2000:] if path.exists() else ""

    def deliver(self, name: str, raw: bytes) -> None:
        """As a mail server next door would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as door:
            door.sendmail("anneke@home.example", [f"{name}@isp.example"], raw)

    @contextlib.contextmanager
    def opened(self, name: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """The mailbox as its owner sees it."""
        client = imaplib.IMAP4("127.0.0.1", self.imap, timeout=120)
        client.login(name, self.people[name])
        client.select(folder)
        try:
            yield client
        finally:
            client.logout()

    def unread(self, name: str) -> int:
        """How many mails nobody has read."""
        with self.opened(name) as client:
            return len(client.search(None, "UNSEEN")[1][0].split())


@contextlib.contextmanager
def running(more: str = "") -> Iterator[Dovecot]:
    """One for the time of the block."""
    folder = Path(tempfile.mkdtemp(prefix="unbroken-dovecot-"))
    folder.chmod(0o755)
    dovecot = Dovecot(folder, more)
    dovecot.knows("nobody-at-all")
    dovecot.start()
    try:
        yield dovecot
    finally:
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
