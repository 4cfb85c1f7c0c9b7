"""Reading marks by how States mark (ITI 7, 8, 31(b)): which State's practice a mark fits, why, and how surely.

A practice tells what a State does; it does not show that the State did it. Marks are copied and misread, so that what
is read here says whom to ask, and never where something was made.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import re2

from cases.choices import MarkCertainty, MarkingEvent, MarkKind
from cases.intake.countries import country_named

LONGEST_PATTERN: Final = 200
# An expression that needs more of it is no description of a mark.
_MOST_MEMORY: Final = 1024 * 1024
# Numbers as they stand on anything: a pattern that most of these fit says little of who made it.
_ANY_NUMBERS: Final = ("7", "4711", "123456", "0123456789", "AB1234", "12-3456", "A1B2C3")
HIGH, MEDIUM, LOW = "high", "medium", "low"
_RANKS: Final = {HIGH: 0, MEDIUM: 1, LOW: 2}
# What each reason adds to or takes from the one point of a pattern that fits.
_WEIGHTS: Final = {"maker_agrees": 1, "position_agrees": 1, "year_agrees": 1, "mark_doubtful": -1, "unverified": -1}
_FOR_HIGH, _FOR_MEDIUM = 3, 2

SENTENCES: Final[dict[str, str]] = {
    "pattern_fits": "The mark “{mark}” fits how {country} marks at {event}: {source}.",
    "maker_agrees": "The maker on record is the one whose practice this is: {maker}.",
    "position_agrees": "The mark stands where the practice puts it: {position}.",
    "year_agrees": "The mark gives a year in which the practice was in use: {year}.",
    "mark_doubtful": "Whoever read the mark was not certain of it.",
    "unverified": "Nobody has checked the practice against its source.",
    "unspecific": "The pattern is so wide that many other marks fit it.",
    "names_country": "The mark “{mark}” names the State, as marks at {event} do ({paragraph}).",
    "names_code": "The mark “{mark}” holds a code or name of the State; marks at {event} may ({paragraph}).",
}


class PatternRefused(ValueError):
    """The expression is not one that marks are read by; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """How a State marks at one event; without a pattern it reads no mark."""

    key: str
    country: str
    event: MarkingEvent
    source: str
    manufacturer: str | None = None
    stock: str | None = None
    mark_kind: str | None = None
    pattern: str | None = None
    position: str | None = None
    # Named part of the pattern → what it means.
    parts: tuple[tuple[str, str], ...] = ()
    year_from: int | None = None
    # The last year.
    year_until: int | None = None
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """A mark as an officer transcribed it."""

    text: str
    kind: str | None = None
    position: str | None = None
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mark, and what it means."""

    name: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: the key of its sentence, and what fills it."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A State whose way of marking a mark fits."""

    country: str
    event: MarkingEvent
    mark: str
    confidence: str
    reasons: tuple[Said, ...]
    practice: str | None = None
    stock: str | None = None
    parts: tuple[Part, ...] = ()


def compiled_pattern(pattern: str) -> Any:
    """Return the expression, of a kind that needs time in proportion to the mark; raises PatternRefused."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused(f"it is longer than {LONGEST_PATTERN} characters")
    return _compiled(pattern)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem, options.log_errors = _MOST_MEMORY, False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        why = error.args[0]
        raise PatternRefused(why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)) from error


def readings_of(
    marks: Sequence[MarkRead], practices: Iterable[Practice], *, make: str | None = None
) -> tuple[Reading, ...]:
    """Return which States' practices the marks fit, the surest first, then by country and mark."""
    known = tuple(practices)
    found = [
        reading
        for mark in marks
        if mark.text
        for reading in (*_by_name(mark), *(each for practice in known for each in _by_practice(mark, practice, make)))
    ]
    return tuple(sorted(found, key=lambda each: (_RANKS[each.confidence], each.country, each.event, each.mark)))


def _by_name(mark: MarkRead) -> Iterator[Reading]:
    """Yield the State that a mark names: of manufacture (ITI 8(a)), or of import (8(b))."""
    events = {MarkKind.COUNTRY: MarkingEvent.MANUFACTURE, MarkKind.IMPORT: MarkingEvent.IMPORT}
    event = events.get(MarkKind(mark.kind)) if mark.kind in set(events) else None
    named = country_named(mark.text)
    if event is None or named is None:
        return
    code, is_whole_name = named
    paragraph = "ITI 8(a)" if event is MarkingEvent.MANUFACTURE else "ITI 8(b)"
    told = (("mark", mark.text), ("event", event), ("paragraph", paragraph))
    reasons = [Said("names_country" if is_whole_name else "names_code", told)]
    confidence = HIGH if is_whole_name else MEDIUM
    if _is_doubtful(mark):
        reasons.append(Said("mark_doubtful"))
        confidence = MEDIUM if is_whole_name else LOW
    yield Reading(country=code, event=event, mark=mark.text, confidence=confidence, reasons=tuple(reasons))


def _by_practice(mark: MarkRead, practice: Practice, make: str | None) -> Iterator[Reading]:
    if practice.pattern is None or (practice.mark_kind and mark.kind and practice.mark_kind != mark.kind):
        return
    try:
        expression = compiled_pattern(practice.pattern)
    except PatternRefused:
        # Written when it was taken in, for another version of the reader.
        return
    found = expression.fullmatch(mark.text.strip())
    if not found:
        return
    named = sorted(expression.groupindex, key=expression.groupindex.get)
    groups = {name: text for name in named if (text := found.group(name)) is not None}
    years = _years(groups.get("year"), practice)
    if years == ():
        return
    if practice.manufacturer and make and not _agree(practice.manufacturer, make):
        return
    reasons = tuple(_reasons(mark, practice, make, years))
    meanings = dict(practice.parts)
    yield Reading(
        country=practice.country,
        event=practice.event,
        mark=mark.text,
        confidence=_confidence(reasons),
        reasons=reasons,
        practice=practice.key,
        stock=practice.stock,
        parts=tuple(Part(name, text, meanings.get(name, name)) for name, text in groups.items()),
    )


def _reasons(mark: MarkRead, practice: Practice, make: str | None, years: tuple[int, ...] | None) -> Iterator[Said]:
    told = (("mark", mark.text), ("country", practice.country), ("event", practice.event), ("source", practice.source))
    yield Said("pattern_fits", told)
    if practice.manufacturer and make:
        yield Said("maker_agrees", (("maker", practice.manufacturer),))
    if practice.position and mark.position and _agree(practice.position, mark.position):
        yield Said("position_agrees", (("position", practice.position),))
    if years:
        yield Said("year_agrees", (("year", ", ".join(map(str, years))),))
    if _is_doubtful(mark):
        yield Said("mark_doubtful")
    if not practice.is_verified:
        yield Said("unverified")
    if _is_unspecific(practice.pattern or ""):
        yield Said("unspecific")


def _confidence(reasons: Iterable[Said]) -> str:
    codes = [reason.code for reason in reasons]
    if "unspecific" in codes:
        return LOW
    points = 1 + sum(_WEIGHTS.get(code, 0) for code in codes)
    return HIGH if points >= _FOR_HIGH else MEDIUM if points >= _FOR_MEDIUM else LOW


def _years(text: str | None, practice: Practice) -> tuple[int, ...] | None:
    """Return the years that a part can mean while the practice was in use; None where it gives or limits none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) not in {2, 4}:
        return None
    if practice.year_from is None and practice.year_until is None:
        return (int(text),) if len(text) == 4 else None
    first, last = practice.year_from or 1800, practice.year_until or 2200
    wanted = int(text)
    return tuple(year for year in range(first, last + 1) if wanted == (year if len(text) == 4 else year % 100))


@lru_cache(maxsize=4096)
def _is_unspecific(pattern: str) -> bool:
    expression = compiled_pattern(pattern)
    return sum(expression.fullmatch(number) is not None for number in _ANY_NUMBERS) >= 2


def _is_doubtful(mark: MarkRead) -> bool:
    return mark.certainty in {MarkCertainty.PROBABLE, MarkCertainty.DOUBTFUL}


def _agree(one: str, other: str) -> bool:
    """Return whether the words of one text stand in the other."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return bool(words and others) and (words <= others or others <= words)
