"""Opening a link to a referral: what its addressee may read, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cases.choices import Viewed
from cases.documents import ReferralContent
from cases.errors import ReplyLinkInvalid
from cases.models import ReplyLink
from cases.queries.history import VIEWED
from cases.queries.letter_exhibits import pictures_of
from cases.queries.referral_content import referral_content
from cases.queries.reply_links import find_reply_link
from cases.row_scope import everything
from cases.services.take_attempt import LINK_USED, WRONG_LINK, give_back_attempt, take_attempt
from cases.services.write_audit_entry import ORIGIN, write_audit_entry


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link whose secret was shown."""

    row: ReplyLink


@dataclass(frozen=True, slots=True)
class Addressed:
    """The letter as it was released to whoever holds the link, at its own redaction level."""

    content: ReferralContent
    # Copies of its photographs by digest.
    pictures: Mapping[str, bytes]
    expires_at: datetime


def known_link(*, secret: str, address: str, at: datetime) -> KnownLink:
    """Return the link of that secret; ReplyLinkInvalid for any other text, TooManyAttempts for too many.

    Guesses are counted by address, uses by link. Audit entries that follow name the link.
    """
    guess = [(WRONG_LINK, address or "unknown")]
    take_attempt(counted=guess, at=at)
    # Whoever comes by a link has no scope of rows; its secret leads to this one referral.
    with everything():
        link = find_reply_link(secret, at)
    if link is None:
        raise ReplyLinkInvalid
    give_back_attempt(counted=guess)
    take_attempt(counted=[(LINK_USED, str(link.pk))], at=at)
    ORIGIN.set(replace(ORIGIN.get(), through=f"reply link {link.pk}"))
    return KnownLink(link)


def open_reply_link(*, link: KnownLink, opened_at: datetime, what: Viewed) -> Addressed:
    """Return the letter that a known link opens, and record that it was read."""
    with everything():
        content = referral_content(link.row.referral)
        pictures = pictures_of(link.row.referral.told_incidents, content.all_photos)
        told = {"after": {"link": link.row.pk, "redaction": content.redaction}}
        write_audit_entry(action=f"{what.value}{VIEWED}", subject=link.row.referral, at=opened_at, by=None, change=told)
    return Addressed(content, pictures, link.row.expires_at)
