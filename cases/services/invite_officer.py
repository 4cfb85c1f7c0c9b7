"""Inviting an officer."""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from cases import access
from cases.errors import NameTaken
from cases.models import Officer, OfficerRole, Right
from cases.services.issue_sign_in_link import issue_sign_in_link
from cases.services.write_audit_entry import write_audit_entry

SUBJECT: Final = "Your invitation to Cordon"
TEXT: Final = "You have been invited to Cordon. This link opens once, within 24 hours:"
LETTER: Final = (SUBJECT, TEXT)

logger = logging.getLogger(__name__)


def invite_officer(
    *,
    username: str,
    email: str,
    role: str,
    rights_added: Sequence[str] = (),
    by: Officer,
    at: datetime,
) -> tuple[Officer, bool]:
    """Make an officer of the administrator's agency, inactive until the link sent by mail is used.

    Returns the officer, and whether the letter went out; without mail the administrator hands the link over.
    Raises NameTaken.
    """
    agency = access.require(by, access.ADMINISTER)
    try:
        with transaction.atomic():
            officer = Officer.objects.create_user(
                username,
                email=email,
                agency=agency,
                role=OfficerRole(role).value,
                rights_added=sorted({Right(name).value for name in rights_added}),
                is_active=False,
                is_demo=agency.is_demo,
            )
            change = {"after": {"role": officer.role, "rights_added": officer.rights_added}}
            write_audit_entry(action="officer.invited", subject=officer, at=at, by=by, change=change)
            secret = issue_sign_in_link(officer=officer, issued_at=at, is_invitation=True, by=by)
    except IntegrityError:
        raise NameTaken(username=username) from None
    return officer, _send(email, secret)


def _send(email: str, secret: str) -> bool:
    link = f"{settings.SITE_URL}/sign-in/{secret}/"
    text = gettext(TEXT) + f"\n\n{link}\n"
    try:
        return bool(EmailMessage(gettext(SUBJECT), text, to=[email]).send())
    except (SMTPException, OSError) as error:
        logger.warning("invitation not sent", extra={"fields": {"error": type(error).__name__}})
        return False
