"""`ETag` and `If-Match`: the version of a record as HTTP says it."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from rest_framework.request import Request

from cases.api.errors import PreconditionMissing, PreconditionUnreadable
from cases.api.json_body import json_bytes

# Quotes left out by hand are forgiven; a version has at most nine digits.
_ETAG: Final = re.compile(r'"?([0-9]{1,9})"?')


def etag_of(version: int) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'


def expected_version(request: Request) -> int:
    """Return the version that a change was made from; raises PreconditionMissing or PreconditionUnreadable."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise PreconditionMissing
    if (found := _ETAG.fullmatch(sent.strip())) is None:
        raise PreconditionUnreadable
    return int(found[1])


def etag_of_document(document: Mapping[str, Any]) -> str:
    """Return the ETag of an object that keeps no version: a digest of what is shown of it."""
    return f'"{hashlib.sha256(json_bytes(document)).hexdigest()[:16]}"'


def require_match(request: Request, document: Mapping[str, Any]) -> None:
    """Refuse a change made from another version than that document; raises PreconditionMissing or -Unreadable."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise PreconditionMissing
    if sent.strip() != etag_of_document(document):
        raise PreconditionUnreadable
