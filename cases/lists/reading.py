"""A file of either kind into an edition: the consolidated list's XML, or the vessel list's CSV."""

from datetime import date

from cases.lists.consolidated import read_consolidated_list
from cases.lists.entries import ListEdition
from cases.lists.errors import refused
from cases.lists.vessels import read_vessel_list

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_list(content: bytes, *, file_name: str = "", generated_on: date | None = None) -> ListEdition:
    """Return the edition that a file holds, told apart by its content; raises ListRefused.

    ``generated_on`` dates a list of vessels that does not say its day; the consolidated list always does.
    """
    if not content.strip():
        raise refused("The file is empty.")
    if _is_xml(content):
        return read_consolidated_list(content)
    return read_vessel_list(content, file_name=file_name, generated_on=generated_on)


def _is_xml(content: bytes) -> bool:
    start = content[:200]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")
