"""Where the data of a checkout belongs, and who may have it."""

import os
import stat
from pathlib import Path

import pytest

from backend.embedded.data_folder import data_folder_path, held, open_data_folder, write_private
from backend.embedded.errors import AlreadyRunning, DataFolderForeign, DataFolderUnreachable, DataFolderUnspeakable
from backend.embedded.secrets_file import secrets_of

is_root = os.geteuid() == 0
ordinary = pytest.mark.skipif(is_root, reason="under root pytest's folder is closed to the servers' account")


def test_a_named_folder_wins() -> None:
    assert data_folder_path({"CORDON_DATA": "/srv/data"}, Path("/checkout")) == Path("/srv/data")


def test_an_empty_name_counts_as_none() -> None:
    assert data_folder_path({"CORDON_DATA": ""}, Path("/checkout")) == data_folder_path({}, Path("/checkout"))


def test_each_checkout_has_its_own() -> None:
    assert data_folder_path({}, Path("/one")) != data_folder_path({}, Path("/two"))


@pytest.mark.skipif(not is_root, reason="about root")
def test_that_of_root_lies_where_other_accounts_can_reach_it() -> None:
    assert data_folder_path({}, Path("/root/checkout")).parent == Path("/var/lib/cordon")


@ordinary
def test_that_of_others_lies_in_the_checkout() -> None:
    assert data_folder_path({}, Path("/home/me/checkout")) == Path("/home/me/checkout/.cordon")


@ordinary
def test_it_is_closed_to_others_and_may_be_opened_again(tmp_path: Path) -> None:
    open_data_folder(tmp_path / "a" / "data")
    folder = open_data_folder(tmp_path / "a" / "data")

    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


@pytest.mark.skipif(not is_root, reason="about root")
def test_a_folder_below_a_closed_one_is_refused_and_the_closed_one_stays_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(DataFolderUnreachable):
        open_data_folder(tmp_path / "data")

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_folder_that_holds_something_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()

    with pytest.raises(DataFolderForeign):
        open_data_folder(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("character", ['"', "$", "`", "\\", "\n"])
def test_a_path_that_a_shell_would_change_is_refused(tmp_path: Path, character: str) -> None:
    with pytest.raises(DataFolderUnspeakable):
        open_data_folder(tmp_path / f"a{character}b")


@ordinary
def test_a_held_folder_names_its_holder_and_is_free_afterwards(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "data")

    with held(folder, "process 7, http://127.0.0.1:8000"), pytest.raises(AlreadyRunning, match=r"process 7.*:8000"):
        held(folder, "another").__enter__()
    with held(folder, "another"):
        pass


@ordinary
def test_secrets_are_drawn_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "data")

    first = secrets_of(folder)

    assert secrets_of(folder) == first
    assert len({first.superuser, first.owner, first.app, first.redis, first.secret_key}) == 5
    assert stat.S_IMODE((folder.path / "secrets.json").stat().st_mode) == 0o600


def test_a_private_file_replaces_an_open_one_by_a_closed_one(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)

    write_private(path, "new")

    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
