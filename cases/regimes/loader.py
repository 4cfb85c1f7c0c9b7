"""Regime files in, one version of the rulebook out. Nothing is edited: another content is another digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cases.regimes.building import calls_of, measures_of, regime_of, states
from cases.regimes.errors import RegimeFilesInvalid, RegimeProblem
from cases.regimes.explaining import problems_of
from cases.regimes.reading import Unreadable, canonical, read_yaml
from cases.regimes.schema import CallsFile, ReferencesFile, RegimeFile
from cases.screening.rulebook import Rulebook, StatePeriod

__all__ = [
    "RegimeFilesInvalid",
    "load_calls",
    "load_references",
    "load_regime_files",
    "load_rulebook",
    "regime_file_bytes",
    "rulebook_from_files",
]

OWN_FOLDER = Path(__file__).parent
CALLS, REFERENCES, VERSION = "calls.yaml", "references.yaml", "VERSION"
# Files beside the regimes that have a shape of their own.
OTHER_FILES: dict[str, type[BaseModel]] = {CALLS: CallsFile, REFERENCES: ReferencesFile}

Model = TypeVar("Model", bound=BaseModel)


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """Read and check every regime file of the folder (the package's own by default) into one rulebook.

    Raises RegimeFilesInvalid naming every problem of every file.
    """
    source = folder or OWN_FOLDER
    contents, unread = _contents(source)
    path = source / VERSION
    return _rulebook(source, contents, unread, path.read_bytes() if path.is_file() else None)


def rulebook_from_files(files: Mapping[str, bytes]) -> Rulebook:
    """Build the rulebook of regime files kept elsewhere: name to content. Raises RegimeFilesInvalid."""
    contents: dict[str, Any] = {}
    unread: list[RegimeProblem] = []
    for name in sorted(name for name in files if name.endswith(".yaml")):
        try:
            contents[name] = read_yaml(Path(name), files[name])
        except Unreadable as error:
            unread.append(error.problem)
    return _rulebook(Path(), contents, unread, files.get(VERSION))


def regime_file_bytes(folder: Path | None = None) -> dict[str, bytes]:
    """Return what a rulebook is built from, as it stands in the folder (the package's own by default)."""
    source = folder or OWN_FOLDER
    named = [*source.glob("*.yaml"), *source.glob(VERSION)]
    return {path.name: path.read_bytes() for path in sorted(named, key=lambda path: path.name)}


def _rulebook(
    source: Path, contents: dict[str, Any], unread: Sequence[RegimeProblem], version: bytes | None
) -> Rulebook:
    files = _regime_files(source, contents, unread)
    covered = states()
    digest = _digest(contents, covered)
    return Rulebook(
        version=_version(version, digest),
        digest=f"sha256:{digest}",
        regimes=tuple(regime_of(file) for file in files),
        measures=tuple(sorted((made for file in files for made in measures_of(file)), key=lambda each: each.id)),
        states=covered,
        calls=calls_of(CallsFile.model_validate(contents[CALLS])) if CALLS in contents else (),
    )


def load_regime_files(folder: Path | None = None) -> tuple[RegimeFile, ...]:
    """Return the checked regime files with all that they say (notes, sources, flags), ordered by id.

    Raises RegimeFilesInvalid naming every problem of every file.
    """
    source = folder or OWN_FOLDER
    return _regime_files(source, *_contents(source))


def load_calls(folder: Path | None = None) -> CallsFile:
    """Return the calls for voluntary embargoes, which bind nobody. Raises RegimeFilesInvalid."""
    return _one_file((folder or OWN_FOLDER) / CALLS, CallsFile)


def load_references(folder: Path | None = None) -> ReferencesFile:
    """Return thematic duties, customs headings and munitions-list categories. Raises RegimeFilesInvalid."""
    return _one_file((folder or OWN_FOLDER) / REFERENCES, ReferencesFile)


def _contents(folder: Path) -> tuple[dict[str, Any], list[RegimeProblem]]:
    """Return what each YAML file of the folder says, by file name, and the files that say nothing readable."""
    contents: dict[str, Any] = {}
    problems: list[RegimeProblem] = []
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.name):
        try:
            contents[path.name] = read_yaml(path)
        except Unreadable as error:
            problems.append(error.problem)
    return contents, problems


def _regime_files(folder: Path, contents: dict[str, Any], unread: Sequence[RegimeProblem]) -> tuple[RegimeFile, ...]:
    problems = list(unread)
    files: list[RegimeFile] = []
    for name, content in contents.items():
        try:
            entry = OTHER_FILES.get(name, RegimeFile).model_validate(content)
        except ValidationError as error:
            problems.extend(problems_of(name, error))
            continue
        if isinstance(entry, RegimeFile):
            files.append(entry)
            problems.extend(_misnamed(name, entry))
    if not files and not problems:
        remedy = "Name a folder of <regime id>.yaml files."
        problems.append(RegimeProblem(str(folder), "", "it holds no regime files", remedy))
    if problems:
        raise RegimeFilesInvalid(sorted(problems, key=lambda problem: problem.file))
    return tuple(sorted(files, key=lambda file: file.id))


def _misnamed(name: str, file: RegimeFile) -> list[RegimeProblem]:
    if name == f"{file.id}.yaml":
        return []
    return [RegimeProblem(name, "id", f"the file holds {file.id!r}", f"Call it {file.id}.yaml, or correct the id.")]


def _one_file(path: Path, shape: type[Model]) -> Model:
    try:
        return shape.model_validate(read_yaml(path))
    except Unreadable as error:
        raise RegimeFilesInvalid([error.problem]) from error
    except ValidationError as error:
        raise RegimeFilesInvalid(problems_of(path.name, error)) from error


def _digest(contents: dict[str, Any], covered: tuple[StatePeriod, ...]) -> str:
    """Digest what the files say, not how they are laid out, and which units the State codes covered."""
    periods = [[each.code, sorted(each.units), str(each.in_force.first), str(each.in_force.until)] for each in covered]
    whole = {"files": canonical(contents), "states": periods}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _version(published: bytes | None, digest: str) -> str:
    """Return the published version, or one named after the content where there is none."""
    return f"unversioned-{digest[:12]}" if published is None else published.decode().strip()
