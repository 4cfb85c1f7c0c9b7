"""Loading: one version of the rulebook, or every problem of every file."""

import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.regimes.loader import OWN_FOLDER, RegimeFilesInvalid, load_regime_files, load_rulebook
from cases.screening.rulebook import Rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two small regimes that a test may spoil."""
    for name in ("yemen-houthis-2015.yaml", "lebanon-2006.yaml"):
        shutil.copy(OWN_FOLDER / name, tmp_path / name)
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said_of(folder: Path) -> str:
    with pytest.raises(RegimeFilesInvalid) as refused:
        load_rulebook(folder)
    return str(refused.value)


def test_rulebook_holds_29_regimes_in_order_of_their_ids(rulebook: Rulebook) -> None:
    ids = [regime.id for regime in rulebook.regimes]

    assert len(ids) == 29
    assert ids == sorted(ids)
    measures = [measure.id for measure in rulebook.measures]
    assert measures == sorted(measures)
    assert len(set(measures)) == len(measures)


def test_version_is_that_of_the_version_file_and_digest_names_its_algorithm(rulebook: Rulebook) -> None:
    assert rulebook.version == (OWN_FOLDER / "VERSION").read_text(encoding="utf-8").strip()
    assert rulebook.digest.startswith("sha256:")
    assert len(rulebook.digest) == len("sha256:") + 64


def test_same_files_make_an_equal_rulebook(rulebook: Rulebook) -> None:
    assert load_rulebook() == rulebook


def test_digest_is_the_same_in_a_process_with_another_hash_seed(rulebook: Rulebook) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from cases.regimes.loader import load_rulebook; print(load_rulebook().digest)"],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        cwd=OWN_FOLDER.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == rulebook.digest


def test_digest_does_not_follow_key_order_layout_or_comments(folder: Path) -> None:
    before = load_rulebook(folder)
    path = folder / "lebanon-2006.yaml"

    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text("# laid out otherwise\n" + yaml.safe_dump(content, sort_keys=True), encoding="utf-8")

    assert load_rulebook(folder) == before


def test_digest_follows_content(folder: Path) -> None:
    before = load_rulebook(folder)

    rewrite(folder / "lebanon-2006.yaml", "from: 2006-08-11", "from: 2006-08-12")

    assert load_rulebook(folder).digest != before.digest


def test_folder_without_version_file_is_named_after_its_content(folder: Path) -> None:
    made = load_rulebook(folder)

    assert made.version == f"unversioned-{made.digest.removeprefix('sha256:')[:12]}"


def test_rulebook_cannot_be_edited(rulebook: Rulebook) -> None:
    with pytest.raises(FrozenInstanceError):
        rulebook.version = "other"  # type: ignore[misc]  # that it is refused is the point


def test_every_problem_of_every_file_is_named_with_place_and_remedy(folder: Path) -> None:
    rewrite(folder / "lebanon-2006.yaml", "status: in_force", "status: asleep")
    rewrite(folder / "yemen-houthis-2015.yaml", "binds_private: false", "binds_privates: false")
    (folder / "notes.yaml").write_text("{", encoding="utf-8")

    said = said_of(folder)

    assert "lebanon-2006.yaml: status: Input should be 'in_force'" in said
    assert "yemen-houthis-2015.yaml: measures[0].recipient.binds_private: the key is missing. Add the key" in said
    assert "yemen-houthis-2015.yaml: measures[0].recipient.binds_privates: the key is unknown. Take the key out" in said
    assert "notes.yaml: line " in said


def test_file_must_bear_the_name_of_its_regime(folder: Path) -> None:
    (folder / "lebanon-2006.yaml").rename(folder / "liban.yaml")

    assert "liban.yaml: id: the file holds 'lebanon-2006'. Call it lebanon-2006.yaml" in said_of(folder)


def test_folder_without_regimes_is_refused(tmp_path: Path) -> None:
    assert "it holds no regime files" in said_of(tmp_path)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "it holds no regime files" in said_of(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("label", "old", "new", "expected"),
    [
        (
            "day that is no day",
            "in_force: {from: 2006-08-11",
            "in_force: {from: 2006-02-30",
            "there is no day 2006-02-30",
        ),
        (
            "day as text",
            "in_force: {from: 2006-08-11",
            "in_force: {from: soon",
            "measures[0].in_force.from: Input should",
        ),
        (
            "end before start",
            "from: 2006-08-11, until: null",
            "from: 2006-08-11, until: 2006-08-10",
            "must be later than",
        ),
        (
            "no flag on the paragraph",
            "paragraph_verified: true\n      adopted",
            "adopted",
            "paragraph_verified: the key is missing",
        ),
        ("bare paragraph number", "paragraph: '15'", "paragraph: 15", "put quotes around a bare number"),
        ("goods class unknown", "goods: [arms_and_related_materiel", "goods: [arms", "measures[0].goods[0]"),
        ("key twice", "name: Lebanon", "name: x\nname: Lebanon", "the key 'name' stands twice"),
        ("alias", "groups:", "sources: &a []\ngroups:", "the key 'sources' stands twice"),
        ("key that is a list", "name: Lebanon", "? [name]\n: Lebanon", "a key is a list or a mapping"),
        ("truth value of another sort", "paragraph_verified: true", "paragraph_verified: yes", "Write true or false."),
        ("nesting beyond reason", "groups:", "sources: " + "[" * 100_000 + "\ngroups:", "nested deeper than 30"),
        ("tag", "name: Lebanon", "name: !!python/name:os.system Lebanon", "it cannot be read as YAML"),
    ],
)
def test_file_is_refused_for(label: str, old: str, new: str, expected: str, folder: Path) -> None:
    rewrite(folder / "lebanon-2006.yaml", old, new)

    assert expected in said_of(folder)


def test_yaml_alias_is_refused(folder: Path) -> None:
    path = folder / "lebanon-2006.yaml"
    rewrite(path, "  regions: []", "  regions: &none []")
    rewrite(path, "inspection_areas: []", "inspection_areas: *none")

    assert "a YAML alias is used" in said_of(folder)


def test_overlapping_phases_of_one_legal_basis_are_refused(folder: Path) -> None:
    rewrite(folder / "yemen-houthis-2015.yaml", "until: 2022-02-28}", "until: 2022-03-01}")

    said = said_of(folder)

    assert "yemen-houthis-2015/2216-14 and yemen-houthis-2015/2216-14@2022-02-28 overlap" in said


def test_two_measures_of_one_id_are_refused(folder: Path) -> None:
    rewrite(folder / "yemen-houthis-2015.yaml", "2216-14@2022-02-28", "2216-14")

    assert "two measures have the id 'yemen-houthis-2015/2216-14'" in said_of(folder)


def test_standing_exemption_for_nobody_and_nothing_is_refused(folder: Path) -> None:
    rewrite(folder / "lebanon-2006.yaml", "procedure: authorised_by_government", "procedure: standing")

    assert "without either it would exempt everything" in said_of(folder)


def test_contested_measure_needs_both_readings(folder: Path) -> None:
    rewrite(folder / "lebanon-2006.yaml", "status: binding", "status: contested")

    assert "gives two readings" in said_of(folder)


def test_states_are_disjoint_by_code_and_name_what_a_code_covered(rulebook: Rulebook) -> None:
    by_code: dict[str, list[Any]] = {}
    for period in rulebook.states:
        by_code.setdefault(period.code, []).append(period)

    for periods in by_code.values():
        assert all(a.in_force.until == b.in_force.first for a, b in itertools.pairwise(periods))
        assert periods[0].in_force.first is None
        assert periods[-1].in_force.until is None
    assert by_code["YUG"][0].units >= {"BIH", "HRV", "MKD", "MNE", "SRB", "SVN"}
    assert by_code["YUG"][-1].units == {"MNE", "SRB", "XKX"}
    assert by_code["SDN"][-1].units == {"SDN"}
    assert by_code["SDN"][-2].units == {"SDN", "SSD"}
    assert [period.units for period in by_code["RHO"]] == [{"ZWE"}]


def test_regime_files_keep_what_the_rulebook_leaves_out() -> None:
    files = {file.id: file for file in load_regime_files()}

    assert files["libya-2011"].renewals[-1].resolution == "S/RES/2819 (2026)"
    assert all(file.committee.source and file.as_of_source for file in files.values())
