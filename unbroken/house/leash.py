"""Runs another program so that it never outlives the one who started it.

    python -I -S leash.py PARENT SIGNAL WHO PROGRAM ARGUMENT…

WHO is `same`, `mapped` (root, seen by the program as an ordinary user: PostgreSQL refuses
to run as root) or a user's number and group, as `65534:65534`. The kernel sends SIGNAL to
the program when PARENT dies, however it dies. Standard library only: it is started as a
file, before anything of ours is importable, and replaces itself by the program.
"""

import ctypes
import os
import sys

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
MAPPED_ID = 1000


def main(arguments: list[str]) -> None:
    """Become somebody else, tie the leash, become the program."""
    parent, signal_number, who, *command = arguments
    if who == "mapped":
        become_mapped()
    elif who != "same":
        user, _, group = who.partition(":")
        os.setgroups([])
        os.setgid(int(group))
        os.setuid(int(user))
    if sys.platform == "linux":
        # Last of all, because the kernel forgets it when the user changes.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        if os.getppid() != int(parent):
            raise SystemExit("the one who started this is gone already")
    os.execv(command[0], command)


def become_mapped() -> None:
    """A user namespace of our own in which root's files belong to an ordinary user."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespaces here")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{MAPPED_ID} {user} 1"),
        ("gid_map", f"{MAPPED_ID} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
