from pathlib import Path

import pytest

from cases.documents.errors import TemplateRefused
from cases.documents.typesetting import TEMPLATE_FOLDER, checked_templates


def test_our_own_templates_are_fit_to_run() -> None:
    assert checked_templates(TEMPLATE_FOLDER) == TEMPLATE_FOLDER


@pytest.mark.parametrize("package", ["@preview/tablex:0.0.9", "@local/mine:1.0.0"])
def test_a_template_that_imports_a_package_is_refused(tmp_path: Path, package: str) -> None:
    (tmp_path / "letter.typ").write_text(f'#import "{package}": *')

    with pytest.raises(TemplateRefused):
        checked_templates(tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.typ").symlink_to("/etc/hostname")

    with pytest.raises(TemplateRefused):
        checked_templates(tmp_path)
