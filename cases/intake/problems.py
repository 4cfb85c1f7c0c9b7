"""What can be wrong with a document: stable codes, and one English sentence for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, LiteralString, TypeAlias

from pydantic_core import PydanticCustomError

Level: TypeAlias = Literal["error", "warning"]
Location: TypeAlias = tuple[str | int, ...]
Param: TypeAlias = str | int | float

# What a sentence quotes of a value, so that one long value cannot fill an answer.
LONGEST_QUOTE = 80

# The only place where a code gets its words; the HTTP edge translates these same templates.
SENTENCES: Mapping[str, str] = {
    "not_json": "This is not JSON: {reason}.",
    "too_large": "The record has {size} bytes; at most {limit} are read.",
    "too_deep": "Values nested more than {limit} deep are not kept.",
    "too_many_problems": "{count} more problems are not listed; correct these first.",
    "too_many_errors": "The field has {count} errors; correct how it is written as a whole.",
    "not_an_object": "Give an object with named fields here, in braces.",
    "not_a_list": "Give a list here, in square brackets.",
    "missing": "This is required.",
    "item_needed": "Give at least one item with a category; only an inspection or a denial may have none.",
    "unknown_field": "“{name}” is not a field of an incident; check its spelling.",
    "not_a_choice": "“{value}” is not one of: {allowed}.",
    "not_text": "Give text here, in quotation marks.",
    "text_too_long": "The text has {length} characters; at most {limit} are kept.",
    "too_many": "The list has {length} entries; at most {limit} are kept.",
    "not_a_number": "Give a number here, in digits and without quotation marks or units.",
    "not_a_whole_number": "Give a whole number here, in digits and without quotation marks.",
    "out_of_range": "{value} is outside {least} to {most}.",
    "not_true_or_false": "Give true or false, or leave it out while it is unknown.",
    "not_a_uuid": "Give a UUID, e.g. 3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10.",
    "repeated_id": "Item {first} has the same id; give each item its own.",
    "not_a_date": "“{value}” is not a date; write YYYY, YYYY-MM, YYYY-MM-DD or a timestamp (2013-01-23T14:30+03:00).",
    "no_such_day": "There is no such day or time as “{value}”.",
    "date_out_of_range": "The year of “{value}” is outside {least} to {most}.",
    "in_the_future": "“{value}” lies in the future; check the year, and the clock of the device.",
    "arrival_before_departure": "The arrival ({arrived_on}) precedes the departure ({departed_on}); correct one.",
    "not_a_time_zone": "“{value}” is not a time zone; use an IANA name, e.g. Asia/Aden.",
    "not_a_country": "“{value}” is not a country code; use the three-letter code, e.g. YEM, or XXX if unknown.",
    "country_needs_code": "Use the three-letter code: write {meant} for “{value}”.",
    "not_a_point": "Give a position as [longitude, latitude] in decimal degrees.",
    "longitude_out_of_range": "The longitude {value} is outside -180 to 180.",
    "latitude_out_of_range": "The latitude {value} is outside -90 to 90.",
    "swapped_position": "[{longitude}, {latitude}] looks swapped; longitude comes first: [{latitude}, {longitude}].",
    "zero_position": "0, 0 is what a device without a fix sends; leave the position out if it is unknown.",
    "not_an_imo": "“{value}” is not an IMO number; it has seven digits, e.g. 9074729.",
    "not_an_mmsi": "“{value}” is not an MMSI; it has nine digits.",
    "not_a_container": "“{value}” is not a container number; it has four letters and seven digits, e.g. CSQU3054383.",
    "not_an_hs_code": "“{value}” is not an HS code; it has two to ten digits, e.g. 9301.",
    "not_an_unlocode": "“{value}” is not a UN/LOCODE; it has five characters, e.g. YEHOD.",
    "check_digit": "The last digit of {value} should be {expected}; kept as typed, check the reading.",
    "already_used": "Your agency has recorded “{value}” already; correct the reference, or change that record.",
    "too_few_witnesses": "Name at least {least} witnesses; {count} are named.",
    "seal_on_it": "Seal {value} is on it already; give the number of the new seal.",
    "handed_to_oneself": "Name another than yourself; a handover takes two.",
    "not_an_officer": "Name an officer, an agency or a store here; somebody outside the system cannot accept.",
    "not_known": "“{value}” is not known here; check the spelling.",
    "one_of_these": "Name one of these, not several.",
    "step_says_nothing": "Say of a step at least who, where or when.",
    "same_state": "Goods leave one State for another; {value} stands on both sides.",
    "not_an_answer": "Only an answer is corrected; reply {value} is none.",
    "evidence_needed": "Name what this rests on: steps of replies, evidence of the incident, or words.",
    "not_established": "Where the point of diversion is not established, nothing more is said of it.",
    "not_valid": "This value cannot be read.",
    # Rows of registers.
    "too_many_cells": "The row has {count} cells, the headings {limit}; a separator stands inside a value unquoted.",
    "digits_lost": "{value} is a number of over {limit} digits, of which the spreadsheet lost the last; make it text.",
    "not_a_day": "“{value}” is not a day; write YYYY-MM-DD.",
    "not_an_email": "“{value}” is not an e-mail address.",
    "not_a_language": "“{value}” is not a language; write its code, e.g. fr.",
    "not_a_pattern": "Marks are not read by this expression: {why}.",
    "pattern_or_elements": "Give a pattern, or say in words what is marked.",
    "no_such_part": "The pattern has no part named: {names}.",
    "name_or_office": "Give a name or an office.",
    "ends_before_it_begins": "It ends ({last}) before it begins ({first}).",
    "serial_too_short": "“{value}” has fewer than {least} letters and digits; nothing can be looked up by it.",
    "repeated_key": "“{value}” stands on an earlier line too; give each entry its own key.",
    "lies_ahead": "{value} is yet to come.",
    # Template packs.
    "not_one_line": "Write this on one line, with single spaces and none at its ends.",
    "not_printable": "The sign {sign} at place {at} cannot be printed as it is; take it out.",
    "no_placeholder": "“{value}” stands for nothing; braces hold one of these and nothing else: {allowed}.",
    "not_optional": "Law or standard of evidence demands “{value}”; here only these may be left out: {allowed}.",
    "no_texts": "The pack has no texts in {language} for all kinds; add these first.",
    "not_a_logo": "Give a PNG or JPEG of at most {limit} bytes, in base64.",
    "logo_not_drawn": "The picture cannot be used: {why}.",
    # Replies.
    "not_forwarded": "Name another State only where the reply is that the request was forwarded.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong or doubtful at one place of a document (pointer: RFC 6901)."""

    pointer: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    level: Level = "error"

    @property
    def detail(self) -> str:
        """The English sentence, with the remedy."""
        return SENTENCES[self.code].format_map(self.params)


def refusal(code: LiteralString, **params: Param) -> PydanticCustomError:
    """Return the error that a field raises to refuse a value; long values are quoted shortened."""
    return PydanticCustomError(code, code, {name: quote(value) for name, value in params.items()})


def quote(value: Param) -> Param:
    """Return the value, text shortened to what a sentence can carry."""
    if isinstance(value, str) and len(value) > LONGEST_QUOTE:
        return value[: LONGEST_QUOTE - 1] + "…"
    return value


def pointer_to(location: Iterable[str | int]) -> str:
    """Return the RFC 6901 pointer to a place in a document; a very long name is shortened."""
    return "".join(f"/{str(quote(step)).replace('~', '~0').replace('/', '~1')}" for step in location)
