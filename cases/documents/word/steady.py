"""A Word file with the same bytes for the same content: without the moment at which it was saved."""

import io
import zipfile
from datetime import date, datetime
from typing import Final

from docx.document import Document

# The first day that the format knows.
_NO_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def saved(document: Document, *, title: str, dated: date) -> bytes:
    """Return the bytes of the document; what it says of itself is its title and its day, and no person."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title[:250], "", "", ""
    about.revision, about.keywords = 1, ""
    about.created = about.modified = datetime(dated.year, dated.month, dated.day)  # noqa: DTZ001 - the format has none
    written, steady = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return steady.getvalue()
