"""Keeping a version of an agency's template pack."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases import access
from cases.canonical import canonical_json
from cases.documents.template_packs import TemplatePack as Pack
from cases.documents.template_packs import with_logo_redrawn
from cases.errors import NotAllowed
from cases.evidence_store import files
from cases.models import Agency, Officer, TemplatePack
from cases.queries.template_packs import latest_pack
from cases.services.write_audit_entry import write_audit_entry


class KeptPack(NamedTuple):
    """A version of the pack, and whether it was made by this call: the same pack again makes none."""

    row: TemplatePack
    is_new: bool


def keep_template_pack(*, officer: Officer | None, agency: Agency, pack: Pack, kept_at: datetime) -> KeptPack:
    """Keep the pack as the agency's next version; letters that are not issued yet are dressed by it from now on.

    Takes the right to administer, where an officer is named. Raises InvalidSubmission for a picture that cannot be
    drawn.
    """
    if officer is not None and access.require(officer, access.ADMINISTER) != agency:
        raise NotAllowed(role=officer.role)
    content = canonical_json(with_logo_redrawn(pack, scratch=files.scratch_folder()).document())
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    with transaction.atomic():
        # One after the other, so that two packs never take one number.
        Agency.objects.select_for_update().get(pk=agency.pk)
        before = latest_pack(agency)
        if before is not None and before.sha256 == sha256:
            return KeptPack(before, is_new=False)
        row = TemplatePack.objects.create(
            agency=agency,
            version=1 if before is None else before.version + 1,
            name=pack.name,
            content=content,
            sha256=sha256,
            recorded_at=kept_at,
            recorded_by=officer,
        )
        change = {"after": {"version": row.version, "name": row.name, "sha256": row.sha256}}
        write_audit_entry(action="agency.template_pack_kept", subject=agency, at=kept_at, by=officer, change=change)
    return KeptPack(row, is_new=True)
