"""The forms of an incident's page beside those that answer questions: a decision on a finding, and sharing."""

from datetime import UTC, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.choices import EvidenceKind, ReviewDecision, SharingLevel
from cases.intake.text import LONGEST_STORY
from cases.services.share_record import Terms

DECISIONS: Final = (
    (ReviewDecision.CONFIRMED.value, _("Confirm")),
    (ReviewDecision.REJECTED.value, _("Reject")),
    (ReviewDecision.MORE_NEEDED.value, _("More is needed")),
)
LEVELS: Final = (
    (SharingLevel.READ.value, _("May read it")),
    (SharingLevel.CONTRIBUTE.value, _("May read it, add to it and correct it")),
)
EVIDENCE_KINDS: Final = (
    (EvidenceKind.PHOTO.value, _("Photo")),
    (EvidenceKind.X_RAY.value, _("X-ray")),
    (EvidenceKind.MANIFEST.value, _("Manifest")),
    (EvidenceKind.CERTIFICATE.value, _("Certificate")),
    (EvidenceKind.DOCUMENT.value, _("Document")),
    (EvidenceKind.VIDEO.value, _("Video")),
    (EvidenceKind.OTHER.value, _("Other")),
)


class ReviewForm(forms.Form):
    """What an officer decides on a finding, and why."""

    decision = forms.ChoiceField(choices=DECISIONS)
    reason = forms.CharField(max_length=LONGEST_STORY)


class ShareForm(forms.Form):
    """To whom an incident is shown, how far, until when, and why."""

    agency = forms.IntegerField(min_value=1)
    level = forms.ChoiceField(choices=LEVELS)
    until = forms.DateField(required=False)
    with_nominal = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=LONGEST_STORY)

    def terms(self) -> Terms:
        """Return the terms; the last day is shared to its end, in UTC."""
        answer: dict[str, Any] = self.cleaned_data
        until = answer["until"]
        return Terms(
            level=SharingLevel(answer["level"]),
            with_nominal=answer["with_nominal"],
            until_at=None if until is None else datetime.combine(until, time.max, UTC),
            reason=answer["reason"],
        )
