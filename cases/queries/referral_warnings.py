"""What is to be weighed before a referral goes out, and who has had a hand in writing it."""

from cases.models import AuditEntry, Officer, Referral, ReferralItem
from cases.queries.referral_content import referral_content
from cases.row_scope import everything
from cases.tracing.referral_steps import WRITTEN
from cases.tracing.warnings import ReferralWarning, referral_warnings

_WRITING = ("referral.opened", "referral.amended")


def warnings_of(referral: Referral) -> tuple[ReferralWarning, ...]:
    """Return the warnings on a letter that is still being written; one that went out is weighed no more."""
    if referral.state not in WRITTEN:
        return ()
    return referral_warnings(referral_content(referral), asked_lines=_asked_lines(referral))


def has_written(officer: Officer, referral: Referral) -> bool:
    """Return whether the officer drafted, changed or checked the referral."""
    if officer.pk in {referral.opened_by_id, referral.checked_by_id}:
        return True
    acts = AuditEntry.objects.filter(object_type="referral", object_reference=referral.reference, officer=officer)
    return acts.filter(action__in=_WRITING).exists()


def _asked_lines(referral: Referral) -> list[int]:
    """Return the lines whose items the State is asked about now, perhaps by others; only the line is told."""
    lines = dict(referral.lines.values_list("item", "number"))
    with everything():
        asked = ReferralItem.objects.filter(
            item__in=list(lines), addressee_country=referral.addressee_country, is_open=True
        )
        # What this one supersedes is closed when it is issued.
        items = set(asked.exclude(referral=referral.supersedes_id).values_list("item", flat=True))
    return sorted(number for item, number in lines.items() if item in items)
