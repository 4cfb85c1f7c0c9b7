"""A letter as it goes out, pictures included: the same bytes however often it is made."""

from cases.documents import render_referral
from cases.models import Referral
from cases.queries.letter_exhibits import pictures_of
from cases.queries.referral_content import referral_content


def issued_letter(referral: Referral, *, format: str) -> bytes:
    """Return the document at the level at which the letter was issued."""
    content = referral_content(referral)
    pictures = pictures_of(referral.told_incidents, content.all_photos)
    return render_referral(content, format=format, draft=False, pictures=pictures)
