"""The account of the servers is nobody else's and stays the same."""

import grp
import pwd
from pathlib import Path

import pytest

from backend.embedded.account import FIRST_UID, UID_COUNT, current_account, unused_account


def test_it_is_unknown_to_the_system_and_the_same_each_time() -> None:
    account = unused_account(Path("/var/lib/cordon/one"))

    assert account == unused_account(Path("/var/lib/cordon/one"))
    assert FIRST_UID <= account.uid < FIRST_UID + UID_COUNT
    with pytest.raises(KeyError):
        pwd.getpwuid(account.uid)


def test_its_group_has_a_name_and_is_not_that_of_root() -> None:
    account = unused_account(Path("/var/lib/cordon/one"))

    assert account.gid != 0
    assert grp.getgrgid(account.gid).gr_name


def test_two_data_folders_have_different_ones() -> None:
    assert unused_account(Path("/var/lib/cordon/one")) != unused_account(Path("/var/lib/cordon/two"))


def test_becoming_who_we_are_needs_no_switch() -> None:
    assert current_account().switch == {}
