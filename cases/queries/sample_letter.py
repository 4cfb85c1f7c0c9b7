"""A made-up letter by which an agency looks at its template pack."""

from cases.documents.sample import sample_letter
from cases.models import TemplatePack
from cases.queries.referral_content import issuing_body, mandate_of
from cases.queries.template_packs import used_in
from cases.tracing.content import ReferralContent


def sample_of_pack(pack: TemplatePack, *, kind: str, language: str) -> ReferralContent:
    """Return the letter as the pack's agency would write it, on an incident that there never was."""
    return sample_letter(
        kind=kind,
        language=language,
        body=issuing_body(pack.agency),
        mandate=mandate_of(pack.agency),
        pack=used_in(pack, kind=kind, language=language),
    )
