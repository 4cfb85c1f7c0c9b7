"""An agency's own dress of a letter, from its template pack: plain text with the few placeholders filled in."""

from base64 import b64decode
from datetime import date
from typing import Final

from cases.documents.countries import country_name
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Block, Paragraphs
from cases.documents.letter.exhibits import size_of
from cases.documents.printable import printable
from cases.documents.wording import Wording, to_say
from cases.tracing.content import ReferralContent
from cases.tracing.template_packs import BRACES, PLACEHOLDERS

# A letterhead's emblem: high enough to be known by, low enough to leave the page to the letter.
_LOGO_HIGH_MM: Final = 18.0
_LOGO_WIDE_MM: Final = 60.0


def add_opening(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add which letter this one replaces, and the agency's own opening."""
    if (replaced := content.replaces) is not None:
        said = (
            to_say("Our letter {reference} of {day} was withdrawn; this letter takes its place.")
            if replaced.is_withdrawn
            else to_say("This letter replaces our letter {reference} of {day}.")
        )
        letter.plain(wording.say(said, reference=printable(replaced.reference), day=wording.day(replaced.dated)))
    for text in _own(content, wording, "opening"):
        letter.plain(text)


def add_closing(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the agency's own closing, after all that the letter has to say."""
    for text in _own(content, wording, "closing"):
        letter.plain(text)


def own_signature(content: ReferralContent, wording: Wording) -> list[str]:
    """Return who signs, by the agency's own words; the point of contact stands below it in any case."""
    return _own(content, wording, "signature")


def own_letterhead(content: ReferralContent, wording: Wording) -> list[str]:
    """Return the lines at the head of the letter; none where the agency has none of its own."""
    return _own(content, wording, "letterhead")


def _own(content: ReferralContent, wording: Wording, part: str) -> list[str]:
    texts = getattr(content.template_pack, part) if content.template_pack else ()
    return [filled(text, content, wording) for text in texts]


def page_lines(content: ReferralContent, wording: Wording) -> dict[str, str | None]:
    """Return what the agency wants at head and foot of each page."""
    pack = content.template_pack
    classification, footer = (pack.classification, pack.footer) if pack else (None, None)
    return {
        "classification": filled(classification, content, wording) if classification else None,
        "footer": filled(footer, content, wording) if footer else None,
    }


def logo(content: ReferralContent, wording: Wording) -> Block | None:
    """Return the agency's emblem with its size on paper and the words that stand for it."""
    if content.template_pack is None or content.template_pack.logo is None:
        return None
    width, height = size_of(b64decode(content.template_pack.logo))
    high = min(_LOGO_HIGH_MM, _LOGO_WIDE_MM * height / width)
    return {
        "jpeg": content.template_pack.logo,
        "width": width,
        "height": height,
        "high_mm": round(high, 2),
        "alternative": wording.say("Emblem of {body}", body=phrases.known(wording, content.issuing_body.name)),
    }


def filled(text: str, content: ReferralContent, wording: Wording) -> str:
    """Return a text of the pack, safe to print, with what its placeholders stand for."""
    # Text and names of placeholders alternate.
    pieces = BRACES.split(text)
    return "".join(
        wording.set_apart(_value(piece, content, wording)) if number % 2 else printable(piece)
        for number, piece in enumerate(pieces)
    )


def _value(name: str, content: ReferralContent, wording: Wording) -> str:
    placeholder = PLACEHOLDERS[name]
    value = placeholder.value(content)
    if isinstance(value, date):
        return wording.day(value)
    if placeholder.is_country and value is not None:
        return country_name(wording, value) or printable(value)
    return phrases.known(wording, value)
