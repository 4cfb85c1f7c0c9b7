"""Letters by e-mail, through the mail server of the installation."""

from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final

from django.core.mail import EmailMessage

from cases.choices import DispatchState
from cases.dispatch.parcel import DeliveryFailed, Parcel

# Codes from here on say that the same will be refused again (RFC 5321, 4.2.1).
REFUSED_FOR_GOOD: Final = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """Attaches the letter to a line that says what it is."""

    # Whose Message-ID it is.
    host: str

    def deliver(self, parcel: Parcel) -> DispatchState:
        """Hand the letter to the mail server, which answers for no more than having taken it."""
        message = EmailMessage(
            parcel.number,
            parcel.covering_text,
            to=[parcel.address],
            reply_to=[parcel.reply_to] if parcel.reply_to else None,
            headers={"Message-ID": f"<{parcel.key}@{self.host}>"},
        )
        message.attach(parcel.file_name, parcel.document, parcel.media_type)
        try:
            message.send()
        except (SMTPException, OSError) as error:
            raise DeliveryFailed(_said(error), is_final=_code(error) >= REFUSED_FOR_GOOD) from error
        return DispatchState.SENT


def _code(error: Exception) -> int:
    if isinstance(error, SMTPResponseException):
        return error.smtp_code
    if isinstance(error, SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return 0


def _said(error: Exception) -> str:
    """Return what the server said by its code: its words may repeat addresses."""
    code = _code(error)
    return f"the mail server answered {code}" if code else f"the mail server was not reached ({type(error).__name__})"
