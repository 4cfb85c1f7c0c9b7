"""What a template pack may speak of and leave out; everything else in a letter is demanded by law or by standard."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from cases.choices import ReferralKind, ReportKind
from cases.tracing.content import PackUsed, ReferralContent

# Anything in braces is meant as a placeholder, so that a misspelt one is told and never printed.
BRACES: Final = re.compile(r"\{([^{}]*)\}")


class Placeholder(NamedTuple):
    """What stands for it in a letter, and where that would be recorded."""

    pointer: str
    value: Callable[[ReferralContent], str | date | None]
    # A code, printed as the State's name in the language of the letter.
    is_country: bool = False


_CONTACT: Final = "/referral/issuing_body/contact"
PLACEHOLDERS: Final[Mapping[str, Placeholder]] = {
    "reference": Placeholder("/referral/reference", lambda c: c.reference),
    "issued_on": Placeholder("/referral/dated", lambda c: c.dated),
    "reply_by": Placeholder("/referral/reply_requested_by", lambda c: c.reply_requested_by),
    "body": Placeholder("/referral/issuing_body/name", lambda c: c.issuing_body.name),
    "body_country": Placeholder("/referral/issuing_body/country", lambda c: c.issuing_body.country, is_country=True),
    "committee": Placeholder("/referral/mandate/committee", lambda c: c.mandate.committee),
    "contact_name": Placeholder(f"{_CONTACT}/name", lambda c: c.issuing_body.contact.name),
    "contact_office": Placeholder(f"{_CONTACT}/office", lambda c: c.issuing_body.contact.office),
    "contact_telephone": Placeholder(f"{_CONTACT}/telephone", lambda c: c.issuing_body.contact.telephone),
    "contact_email": Placeholder(f"{_CONTACT}/email", lambda c: c.issuing_body.contact.email),
    "contact_channel": Placeholder(f"{_CONTACT}/channel", lambda c: c.issuing_body.contact.channel),
    "contact_address": Placeholder(f"{_CONTACT}/address", lambda c: c.issuing_body.contact.address),
    "addressee_country": Placeholder("/referral/addressee/country", lambda c: c.addressee.country, is_country=True),
    "addressee_name": Placeholder("/referral/addressee/contact/name", lambda c: c.addressee.contact.name),
    "addressee_office": Placeholder("/referral/addressee/contact/office", lambda c: c.addressee.contact.office),
}

KINDS_OF_LETTER: Final = (*ReferralKind, *ReportKind)
# Annexes whose order is the agency's affair; what is withheld, and on which data all rests, comes last in any case.
ANNEXES: Final = ("photographs", "custody", "rationale", "considered")
# No text demands these; of some kinds one does.
OPTIONAL: Final = ("map", "papers", "custody", "considered")
_DEMANDED: Final[Mapping[str, frozenset[str]]] = {
    # What the enquiry is about.
    ReferralKind.LICENCE_ENQUIRY: frozenset({"papers"}),
    # Letters of panels and missions go with the chain of custody, by their standard of evidence.
    **dict.fromkeys((ReferralKind.PANEL_REQUEST, ReferralKind.MISSION_REQUEST), frozenset({"custody"})),
    ReportKind.PANEL_ANNEX: frozenset({"papers", "custody"}),
}


def may_be_left_out(kind: str) -> tuple[str, ...]:
    """Return the sections that a letter or report of that kind may go without."""
    return tuple(section for section in OPTIONAL if section not in _DEMANDED.get(kind, ()))


def leaves_out(content: ReferralContent, section: str) -> bool:
    """Return whether the letter goes without that section by its template pack."""
    return content.template_pack is not None and section in content.template_pack.left_out


def placeholders_in(texts: Iterable[str]) -> Iterator[str]:
    """Yield each placeholder of the texts once, in the order met."""
    yield from dict.fromkeys(name for text in texts for name in BRACES.findall(text))


def pack_used(document: Mapping[str, Any], *, kind: str, language: str, version: int, sha256: str) -> PackUsed:
    """Return what a pack, kept as plain values, adds to a letter or report of that kind in that language."""
    of_kind, texts = document.get("kinds", {}).get(kind, {}), document.get("texts", {})
    said: dict[str, Any] = {**texts.get(language, {}), **of_kind.get("texts", {}).get(language, {})}
    lines: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return PackUsed(
        name=document["name"],
        version=version,
        sha256=sha256,
        languages=tuple(sorted(texts)),
        logo=document.get("logo"),
        left_out=tuple(of_kind.get("leave_out", ())),
        annexes=tuple(of_kind.get("annexes", ())),
        **lines,
    )
