import json
from pathlib import Path

import pytest

from cases.documents.build import PACKAGES, build
from cases.documents.errors import FontsMissing


@pytest.mark.skipif(not PACKAGES.is_dir(), reason="the npm packages of the fonts are not installed; run make setup")
def test_fonts_are_copied_once_and_again_only_when_damaged(tmp_path: Path) -> None:
    assert build(folder=tmp_path)
    assert not build(folder=tmp_path)

    next(tmp_path.glob("Amiri*.ttf")).write_bytes(b"damaged")

    assert build(folder=tmp_path)
    ranges = json.loads((tmp_path / "coverage.json").read_text())["ranges"]
    assert any(first <= ord("中") <= last for first, last in ranges)


def test_a_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="noto-serif"):
        build(packages=tmp_path, folder=tmp_path / "fonts")
