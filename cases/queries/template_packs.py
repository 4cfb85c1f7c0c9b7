"""Template packs as they are shown, and what the latest of an agency adds to its letters."""

import json
from typing import Any

from django.db.models import QuerySet

from cases.models import Agency, TemplatePack
from cases.tracing.content import PackUsed
from cases.tracing.template_packs import pack_used


def latest_pack(agency: Agency) -> TemplatePack | None:
    """Return the version that dresses the agency's letters now."""
    return TemplatePack.objects.filter(agency=agency).order_by("-version").first()


def find_pack_used(agency: Agency, *, kind: str, language: str) -> PackUsed | None:
    """Return what the agency's latest pack adds to a letter or report of that kind in that language."""
    pack = latest_pack(agency)
    return None if pack is None else used_in(pack, kind=kind, language=language)


def used_in(pack: TemplatePack, *, kind: str, language: str) -> PackUsed:
    """Return what that version adds to a letter or report of that kind in that language."""
    document = json.loads(pack.content)
    return pack_used(document, kind=kind, language=language, version=pack.version, sha256=pack.sha256)


def pack_rows(packs: QuerySet[TemplatePack]) -> QuerySet[TemplatePack]:
    """Return the packs with what a list shows of each; their texts are not read."""
    return packs.select_related("recorded_by").defer("content")


def row_of_pack(pack: TemplatePack) -> dict[str, Any]:
    """Return a version as lists show it."""
    return {
        "version": pack.version,
        "name": pack.name,
        "sha256": pack.sha256,
        "recorded_at": pack.recorded_at,
        "recorded_by": pack.recorded_by.username if pack.recorded_by is not None else None,
    }


def document_of_pack(pack: TemplatePack) -> dict[str, Any]:
    """Return a version whole."""
    return row_of_pack(pack) | {"pack": json.loads(pack.content)}
