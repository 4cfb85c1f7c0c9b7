"""The Security Council's consolidated list, from its XML: every field, or nothing at all."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # nosec B405 - types and builder; parsed by defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from cases.lists.birth_days import birth_days
from cases.lists.countries import code_or_name, country_code
from cases.lists.entries import (
    CONSOLIDATED,
    BirthDays,
    ListedDocument,
    ListEdition,
    ListedName,
    ListedParty,
    Place,
)
from cases.lists.errors import ListProblem, ListRefused, refused

Read = TypeVar("Read")

ROOT = "CONSOLIDATED_LIST"
# The real list is 2 MB and four levels deep; what is far beyond is no such list.
LARGEST_BYTES = 64 * 1024 * 1024
DEEPEST = 12

_KINDS = {"INDIVIDUAL": "person", "ENTITY": "organization"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME", "SIXTH_NAME")
_QUALITIES = {"good": "good", "low": "low", "a.k.a.": "good", "f.k.a.": "good"}
# Elements of an entry that have a field of their own here; all others are kept by name.
_READ = frozenset(
    {
        *_NAMES,
        *{"DATAID", "VERSIONNUM", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "NAME_ORIGINAL_SCRIPT", "COMMENTS1"},
        *{"TITLE", "DESIGNATION", "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED", "GENDER", "SORT_KEY"},
        *{"SUBMITTED_BY", "SUBMITTED_ON", "SORT_KEY_LAST_MOD"},
        *{
            f"{kind}_{part}"
            for kind in _KINDS
            for part in ("ALIAS", "ADDRESS", "DATE_OF_BIRTH", "PLACE_OF_BIRTH", "DOCUMENT")
        },
    }
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?")
# "International Maritime Organization (IMO) Number: 1790183", "IMO number: 5571322", "Company Number IMO 5434358".
_COMPANY_IMO = re.compile(r"\bIMO\)?\s*(?:company\s+)?(?:number|no\.?)?\s*:?\s*(\d{7})\b", re.IGNORECASE)


def read_consolidated_list(content: bytes) -> ListEdition:
    """Return the edition that the XML holds; raises ListRefused with every problem found."""
    root = _parse(content)
    if root.tag != ROOT:
        raise refused(f"The root element is {root.tag!r}, not {ROOT!r}: this is no consolidated list of the Council.")
    generated_at = _generated_at(root.get("dateGenerated"))
    problems: list[ListProblem] = []
    parties: dict[str, ListedParty] = {}
    for number, element in enumerate(_entries(root), start=1):
        party = _party(element, number, problems)
        if party is None:
            continue
        if party.reference_number in parties:
            problems.append(ListProblem(f"entry {number}", f"{party.reference_number} stands in the list twice."))
        parties[party.reference_number] = party
    if problems:
        raise ListRefused(problems)
    if not parties:
        raise refused("The list names nobody: it is empty or truncated.")
    return ListEdition(
        name=CONSOLIDATED,
        generated_on=generated_at.date(),
        generated_at=generated_at,
        dated_by="stated",
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
        parties=tuple(parties[reference] for reference in sorted(parties)),
    )


class _Bounded(TreeBuilder):
    """Builds the tree and stops at a depth that no list has."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        """Open an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise refused(f"The elements are nested more than {DEEPEST} deep: this is no consolidated list.")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)


def _parse(content: bytes) -> Element:
    if len(content) > LARGEST_BYTES:
        raise refused(f"The file has {len(content)} bytes; a consolidated list has a few million.")
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise refused(
            "The XML declares a document type or entities, which a consolidated list never does; it was not read."
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise refused(f"The XML is damaged or cut off: {error}. Fetch the list again.") from error
    return root


def _generated_at(text: str | None) -> datetime:
    if not text:
        raise refused("The list does not say when it was generated (dateGenerated): it cannot be placed in time.")
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise refused(f"dateGenerated is {text!r}, which is no date.") from error


def _entries(root: Element) -> Iterator[Element]:
    for group in root:
        for element in group:
            if element.tag in _KINDS:
                yield element


def _party(element: Element, number: int, problems: list[ListProblem]) -> ListedParty | None:
    """Return the entry; None, with the problems told, where it cannot be one."""
    reference = _text(element, "REFERENCE_NUMBER")
    place = f"entry {number} ({reference or 'DATAID ' + (_text(element, 'DATAID') or 'missing')})"
    name = " ".join(part for tag in _NAMES if (part := _text(element, tag)))
    if reference is None:
        problems.append(ListProblem(place, "It has no reference number."))
    if not any(letter.isalpha() for letter in name):
        problems.append(ListProblem(place, "It has no name."))
    days = {tag: _days(element, tag, place, problems) for tag in ("LISTED_ON", "LAST_DAY_UPDATED")}
    if reference is None or not name:
        return None
    kind = _KINDS[element.tag]
    comments = _text(element, "COMMENTS1")
    return ListedParty(
        reference_number=reference,
        kind=kind,
        list_type=_text(element, "UN_LIST_TYPE") or "",
        names=_names(element, name),
        listed_on=next(iter(days["LISTED_ON"]), None),
        last_updated=days["LAST_DAY_UPDATED"],
        data_id=_text(element, "DATAID"),
        version=_text(element, "VERSIONNUM"),
        titles=_values(element, "TITLE"),
        designations=_values(element, "DESIGNATION"),
        nationalities=tuple(code_or_name(value) for value in _values(element, "NATIONALITY")),
        gender=_text(element, "GENDER"),
        births=_parts(element, "DATE_OF_BIRTH", _birth),
        birth_places=_parts(element, "PLACE_OF_BIRTH", _place),
        documents=(*_parts(element, "DOCUMENT", _document), *_numbers_in(comments)),
        addresses=_parts(element, "ADDRESS", _place),
        comments=comments,
        submitted_by=_text(element, "SUBMITTED_BY"),
        submitted_on=_text(element, "SUBMITTED_ON"),
        sort_key=_text(element, "SORT_KEY"),
        consequences=_consequences(comments or ""),
        others=_others(element),
    )


def _names(element: Element, name: str) -> tuple[ListedName, ...]:
    names = [ListedName(text=name, quality="primary")]
    original = _text(element, "NAME_ORIGINAL_SCRIPT")
    if original is not None:
        names.append(ListedName(text=original, quality="original"))
    return (*names, *_parts(element, "ALIAS", _alias))


def _alias(part: Element) -> ListedName | None:
    text = _text(part, "ALIAS_NAME")
    if text is None:
        return None
    word = _text(part, "QUALITY")
    return ListedName(
        text=text,
        # An alias of unstated quality identifies nobody by itself.
        quality=_QUALITIES.get((word or "").lower(), "low"),
        as_listed=word,
        note=_text(part, "NOTE"),
        born=_text(part, "DATE_OF_BIRTH"),
        city_of_birth=_text(part, "CITY_OF_BIRTH"),
        country_of_birth=_country(part, "COUNTRY_OF_BIRTH"),
    )


def _birth(part: Element) -> BirthDays | None:
    single = _text(part, "YEAR")
    years = (single or _text(part, "FROM_YEAR"), None if single else _text(part, "TO_YEAR"))
    return birth_days(_text(part, "TYPE_OF_DATE"), _text(part, "DATE"), years, _text(part, "NOTE"))


def _place(part: Element) -> Place | None:
    place = Place(
        street=_text(part, "STREET"),
        city=_text(part, "CITY"),
        province=_text(part, "STATE_PROVINCE"),
        zip_code=_text(part, "ZIP_CODE"),
        country_name=_text(part, "COUNTRY"),
        country=country_code(_text(part, "COUNTRY")),
        note=_text(part, "NOTE"),
    )
    return place if place != Place() else None


def _document(part: Element) -> ListedDocument | None:
    number, first, second = (_text(part, tag) for tag in ("NUMBER", "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2"))
    note = _text(part, "NOTE")
    if number is None and second is None and note is None:
        return None
    return ListedDocument(
        kind=_document_kind(f"{first} {second}"),
        number=number,
        kind_as_listed="; ".join(word for word in (first, second) if word) or None,
        issuing_country=_country(part, "ISSUING_COUNTRY"),
        country_of_issue=_country(part, "COUNTRY_OF_ISSUE"),
        city_of_issue=_text(part, "CITY_OF_ISSUE"),
        issued=_text(part, "DATE_OF_ISSUE"),
        note=note,
    )


def _document_kind(words: str) -> str:
    words = words.lower()
    if "passe" in words or "pasaporte" in words or "passport" in words:
        return "passport"
    return "national_id" if "identi" in words else "other"


def _numbers_in(comments: str | None) -> tuple[ListedDocument, ...]:
    """Return the company numbers of the International Maritime Organization, known from the comments only."""
    numbers = dict.fromkeys(_COMPANY_IMO.findall(comments or ""))
    return tuple(ListedDocument(kind="imo_company", number=number) for number in numbers)


def _consequences(comments: str) -> tuple[str, ...]:
    """Return what the comments say the listing entails; the list says so for some regimes only."""
    plain = " ".join(comments.lower().split())
    known = (("asset freeze", "asset_freeze"), ("assets freeze", "asset_freeze"), ("travel ban", "travel_ban"))
    return tuple(dict.fromkeys(word for phrase, word in known if phrase in plain))


def _parts(element: Element, part: str, read: Callable[[Element], Read | None]) -> tuple[Read, ...]:
    return tuple(found for child in element.findall(f"{element.tag}_{part}") if (found := read(child)) is not None)


def _values(element: Element, tag: str) -> tuple[str, ...]:
    values = (_plain(value.text) for holder in element.findall(tag) for value in holder.findall("VALUE"))
    return tuple(value for value in values if value)


def _text(element: Element, tag: str) -> str | None:
    return _plain(element.findtext(tag))


def _country(element: Element, tag: str) -> str | None:
    name = _text(element, tag)
    return code_or_name(name) if name else None


def _plain(text: str | None) -> str | None:
    plain = " ".join((text or "").split())
    # The publisher's own word for nothing.
    return None if plain in {"", "null"} else plain


def _days(element: Element, tag: str, place: str, problems: list[ListProblem]) -> tuple[date, ...]:
    days = []
    for text in (_text(element, tag), *_values(element, tag)):
        found = _DAY.fullmatch(text) if text else None
        try:
            if text:
                days.append(date.fromisoformat(found[1] if found else text))
        except ValueError:
            problems.append(ListProblem(place, f"{tag} is {text!r}, which is no date."))
    return tuple(days)


def _others(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple(
        (child.tag, text) for child in element if child.tag not in _READ and (text := _plain("".join(child.itertext())))
    )
