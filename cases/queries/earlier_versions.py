"""Rulebooks and lists that results rest on, in use or not, built again from what is kept of them."""

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

import orjson
from django.db.models import Q

from cases.errors import NotFound, VersionNotKept
from cases.models import RulebookFiles, RulebookVersion
from cases.queries.designations import designations_as_used
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.regimes.errors import RegimeFilesInvalid
from cases.regimes.loader import rulebook_from_files
from cases.screening.designations import Designations, ListUsed
from cases.screening.rulebook import Rulebook

# A worker meets the version in use, the one before it, and now and then an older one.
KEPT = 4
# One object, as the engine prepares itself for it.
_NO_LISTS = Designations.none()


def rulebook_of(version: RulebookVersion) -> Rulebook:
    """Return the rulebook of that version; raises VersionNotKept where it cannot be built as it was."""
    current = current_rulebook()
    return current if current.digest == version.digest else _built(version.pk, version.version, version.digest)


def designations_of(lists: Sequence[dict[str, str]]) -> Designations:
    """Return the designated parties of those list versions, as results name them; raises VersionNotKept."""
    current = current_designations()
    if lists == lists_document(current):
        return current
    try:
        return designations_as_used(lists) if lists else _NO_LISTS
    except NotFound as error:
        raise VersionNotKept(what="list", version=", ".join(sorted(used["name"] for used in lists))) from error


def lists_document(designations: Designations) -> list[dict[str, str]]:
    """Return the lists as a result names them."""
    return [_list_document(used) for used in designations.lists]


def packed_files(files: Mapping[str, bytes]) -> bytes:
    """Return regime files as they are kept."""
    return zlib.compress(orjson.dumps({name: content.decode() for name, content in files.items()}), 9)


@lru_cache(maxsize=KEPT)
def _built(version_id: int, version: str, digest: str) -> Rulebook:
    kept = RulebookFiles.objects.filter(pk=version_id).first()
    if kept is None:
        raise VersionNotKept(what="rulebook", version=version)
    files = orjson.loads(zlib.decompress(kept.packed))
    try:
        rulebook = rulebook_from_files({name: text.encode() for name, text in files.items()})
    except RegimeFilesInvalid as error:
        raise VersionNotKept(what="rulebook", version=version) from error
    if rulebook.digest != digest:
        raise VersionNotKept(what="rulebook", version=version)
    return rulebook


def _list_document(used: ListUsed) -> dict[str, str]:
    return {"name": used.name, "generated": used.generated.isoformat(), "digest": used.digest}


def find_rulebook_version_named(name: str) -> RulebookVersion | None:
    """Return the rulebook of that version or digest; of several that bear one version the first loaded."""
    named = RulebookVersion.objects.filter(Q(version=name) | Q(digest=name) | Q(digest=f"sha256:{name}"))
    return named.order_by("pk").first()
