"""The unprivileged account that owns the data and runs the servers; PostgreSQL refuses to run as root."""

import grp
import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

# Above ordinary users (from 1000) and below 60000, where Debian's and systemd's own ranges begin; inside the 65536 ids
# that containers commonly map.
FIRST_UID = 58000
UID_COUNT = 2000


class Switch(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that make a child another user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """A user id and group id; no entry in the system's user list is needed or made."""

    uid: int
    gid: int

    @property
    def switch(self) -> Switch:
        """Return what makes a child this account; empty where we are it already."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give that one file or folder to the account; a symbolic link is not followed."""
        if os.geteuid() != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def current_account() -> Account:
    """Return who we are."""
    return Account(os.geteuid(), os.getegid())


def unused_account(seed: Path) -> Account:
    """Return an account no one on this machine has, the same for the same seed as long as it stays unused."""
    start = int.from_bytes(hashlib.sha256(os.fsencode(seed)).digest()[:4]) % UID_COUNT
    for step in range(UID_COUNT):
        uid = FIRST_UID + (start + step) % UID_COUNT
        if not _is_known(uid):
            return Account(uid, nobody().gid)
    return nobody()


def nobody() -> Account:
    """Return the machine's `nobody`: `initdb` insists on a user that has a name."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        entry = next(user for user in pwd.getpwall() if user.pw_uid != 0)
    return Account(entry.pw_uid, entry.pw_gid)


def _is_known(number: int) -> bool:
    for look_up in (pwd.getpwuid, grp.getgrgid):
        try:
            look_up(number)
        except KeyError:
            continue
        return True
    return False
