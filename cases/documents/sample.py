"""A letter made up to look at a template pack: nothing in it happened, and each of its pages says so."""

from datetime import date
from typing import Final

from cases.tracing.content import (
    Addressee,
    AddresseeReason,
    Contact,
    IssuingBody,
    Mandate,
    Mark,
    Observation,
    Occurrence,
    PackUsed,
    PaperShown,
    Place,
    ReferralContent,
    ReferralItem,
)

# In every language: it stands for what an officer would type, and nobody takes it for that.
SAMPLE: Final = "SAMPLE"
_DAY: Final = date(2000, 1, 1)


def sample_letter(*, kind: str, language: str, body: IssuingBody, mandate: Mandate, pack: PackUsed) -> ReferralContent:
    """Return a letter of that kind by that body, dressed by the pack, on an incident that there never was."""
    return ReferralContent(
        reference=SAMPLE,
        dated=_DAY,
        status="draft",
        kind=kind,
        language=language,
        issuing_body=body,
        addressee=Addressee(
            country=SAMPLE,
            contact=Contact(name=SAMPLE, office=SAMPLE),
            reasons=(AddresseeReason(code="other", text=SAMPLE),),
        ),
        observation=Observation(
            incident=SAMPLE,
            kind="seizure",
            basis="observed",
            occurred=Occurrence(first_day=_DAY, last_day=_DAY, precision="day"),
            place=Place(name=SAMPLE),
            circumstances=SAMPLE,
        ),
        items=(
            ReferralItem(
                number=1,
                index=0,
                category="small_arm",
                description=SAMPLE,
                quantity=1,
                unit="piece",
                calibre=SAMPLE,
                marks=(Mark(kind="serial", text=SAMPLE, position=SAMPLE, state="intact"),),
            ),
        ),
        mandate=mandate,
        illicit_grounds=("iti_6b",),
        legal_justification=SAMPLE,
        papers=(PaperShown(kind="end_user_certificate", number=SAMPLE, issuer=SAMPLE),),
        reply_requested_by=_DAY,
        intended_use=SAMPLE,
        confidentiality="given",
        template_pack=pack,
    )
