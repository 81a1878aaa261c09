"""A real Postfix of the distribution, in a folder of its own, between desk and customers."""

import contextlib
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
maillog_file = {folder}/log
maillog_file_prefixes = /tmp
myhostname = mail.isp.example
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
recipient_delimiter = +
virtual_mailbox_domains = isp.example
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{desk}
relay_domains = home.example
relay_recipient_maps =
transport_maps = inline:{{ home.example=lmtp:inet:127.0.0.1:{customers} }}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
"""
_SERVICES = (
    ("postlog", "unix-dgram", "postlogd", "1"),
    ("pickup", "unix", "pickup", "1"),
    ("cleanup", "unix", "cleanup", "0"),
    ("qmgr", "unix", "qmgr", "1"),
    ("rewrite", "unix", "trivial-rewrite", "-"),
    ("bounce", "unix", "bounce", "0"),
    ("defer", "unix", "bounce", "0"),
    ("trace", "unix", "bounce", "0"),
    ("verify", "unix", "verify", "1"),
    ("flush", "unix", "flush", "0"),
    ("proxymap", "unix", "proxymap", "-"),
    ("proxywrite", "unix", "proxymap", "1"),
    ("smtp", "unix", "smtp", "-"),
    ("relay", "unix", "smtp", "-"),
    ("lmtp", "unix", "lmtp", "-"),
    ("showq", "unix", "showq", "-"),
    ("error", "unix", "error", "-"),
    ("retry", "unix", "error", "-"),
    ("discard", "unix", "discard", "-"),
    ("anvil", "unix", "anvil", "1"),
    ("scache", "unix", "scache", "1"),
)

_PUBLIC = frozenset({"postlog", "pickup", "cleanup", "qmgr", "flush", "showq"})


def why_not() -> str:
    """Why there can be no Postfix here; empty when there can."""
    if os.geteuid() != 0:
        return "a Postfix of one's own needs root"
    if shutil.which("postfix") is None:
        return "postfix is missing: apt-get install postfix"
    return ""


class Postfix:
    """Takes mail for everybody: the desk's goes to its LMTP door, the customers' to theirs."""

    def __init__(self, folder: Path, *, desk: int, customers: int, port: int) -> None:
        self.folder = folder
        self.port = port
        owner = pwd.getpwnam("postfix")
        for name in ("queue", "data", "conf"):
            (folder / name).mkdir()
        os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
        main = _MAIN.format(folder=folder, desk=desk, customers=customers)
        (folder / "conf" / "main.cf").write_text(main)
        services = [f"127.0.0.1:{self.port} inet n - n - - smtpd"]
        services += [
            f"{name} {kind} {'n' if name in _PUBLIC else '-'} - n {_wakes(name)} {most} {command}"
            for name, kind, command, most in _SERVICES
        ]
        (folder / "conf" / "master.cf").write_text("\n".join(services) + "\n")

    def start(self) -> None:
        """Until it answers."""
        self._do("start")
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"postfix did not start: {self.log()}")

    def stop(self) -> None:
        """With everything it began."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._do("abort")

    def _do(self, what: str) -> None:
        command = ["postfix", "-c", str(self.folder / "conf"), what]
        subprocess.run(command, check=True, capture_output=True, timeout=180)

    def log(self) -> str:
        """What it said."""
        path = self.folder / "log"
        return path.read_text()[-4000:] if path.exists() else ""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """As the customer's own mail program would."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=120) as door:
            door.sendmail(sender, [recipient], raw)


def _wakes(name: str) -> str:
    return {"pickup": "2", "qmgr": "1", "flush": "1000?"}.get(name, "-")


@contextlib.contextmanager
def running(*, desk: int, customers: int, port: int) -> Iterator[Postfix]:
    """One for the time of the block."""
    folder = Path(tempfile.mkdtemp(prefix="unbroken-postfix-", dir="/tmp"))
    folder.chmod(0o755)
    postfix = Postfix(folder, desk=desk, customers=customers, port=port)
    postfix.start()
    try:
        yield postfix
    finally:
        postfix.stop()
        shutil.rmtree(folder, ignore_errors=True)
