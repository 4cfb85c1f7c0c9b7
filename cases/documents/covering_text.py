"""The few lines with which a letter goes by e-mail: nothing of what it says."""

from cases.documents.wording import Wording
from cases.tracing.content import ReferralContent


def covering_text(content: ReferralContent, *, sha256: str) -> str:
    """Return what the message says of its attachment, in the language of the letter."""
    wording = Wording(content.language)
    return "\n".join(
        (
            wording.say("Please find attached our letter {reference}.", reference=content.reference),
            wording.say("SHA-256 of the attached file: {digest}", digest=sha256),
            "",
        )
    )
