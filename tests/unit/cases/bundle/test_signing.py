import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.bundle.signing import public_key_hex, signing_key
from cases.errors import BundleKeyUnusable


def test_a_key_is_drawn_once_and_closed_to_others(tmp_path):
    path = tmp_path / "keys" / "signing.pem"
    old = os.umask(0)
    try:
        with ThreadPoolExecutor(8) as pool:
            keys = {public_key_hex(key) for key in pool.map(lambda _: signing_key(path), range(8))}
    finally:
        os.umask(old)

    assert keys == {public_key_hex(signing_key(path))}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_everybody_can_read_is_not_used(tmp_path):
    signing_key(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(0o644)

    with pytest.raises(BundleKeyUnusable, match="chmod 600"):
        signing_key(tmp_path / "key.pem")


def test_what_is_no_key_is_told_and_not_replaced(tmp_path):
    (tmp_path / "key.pem").write_text("nonsense")
    (tmp_path / "key.pem").chmod(0o600)

    with pytest.raises(BundleKeyUnusable, match="no private key"):
        signing_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").read_text() == "nonsense"
