"""Lists from files on disk, for the command line."""

from collections.abc import Iterable
from pathlib import Path

from cases.lists.designating import designations_from
from cases.lists.entries import ListEdition
from cases.lists.errors import ListRefused, refused
from cases.lists.reading import read_list
from cases.screening.designations import Designations


def edition_of_file(path: Path) -> ListEdition:
    """Return the edition that the file holds; raises ListRefused, which names the file."""
    try:
        return read_list(path.read_bytes(), file_name=path.name)
    except OSError as error:
        raise refused(f"{error.strerror}.", place=str(path)) from error
    except ListRefused as error:
        raise error.of_file(path.name) from error


def designations_of_files(paths: Iterable[Path]) -> Designations:
    """Return what these files name together; no file is no list. Raises ListRefused."""
    # The same edition given twice is one.
    editions = {edition.digest: edition for edition in map(edition_of_file, paths)}
    return designations_from(editions.values()) if editions else Designations.none()
