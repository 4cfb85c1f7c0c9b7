"""Turns of phrase that several sections of a letter share."""

from collections.abc import Iterable
from datetime import date

from cases.choices import DatePrecision
from cases.documents.countries import country_name
from cases.documents.printable import printable
from cases.documents.wording import Wording, to_say
from cases.tracing.content import Occurrence, PaperShown

Texts = Iterable[str | None]


def not_known(wording: Wording) -> str:
    """Return how a letter says that something is not known."""
    return wording.say("not known")


def known(wording: Wording, value: str | None) -> str:
    """Return the value as recorded, safe to print, or that it is not known."""
    return printable(value) if value else not_known(wording)


def country(wording: Wording, code: str | None) -> str:
    """Return the State's name, or that it is not known."""
    return country_name(wording, code) or not_known(wording)


def line_numbers(wording: Wording, lines: Iterable[int]) -> str:
    """Return the numbers of item lines, runs shortened: "1, 3–7 and 12"."""
    return wording.joined(
        str(first) if first == last else f"{first}–{last}" for first, last in _runs(sorted(set(lines)))
    )


def items_named(wording: Wording, lines: Iterable[int]) -> str:
    """Return the item lines by number: "item 4", "items 1–3 and 7"."""
    numbers = tuple(lines)
    sentence = to_say("item {lines}") if len(set(numbers)) == 1 else to_say("items {lines}")
    return wording.say(sentence, lines=line_numbers(wording, numbers))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    # Two in a row read better one by one.
    return [
        run
        for first, last in runs
        for run in ([(first, first), (last, last)] if last == first + 1 else [(first, last)])
    ]


def resolution(wording: Wording, text: str) -> str:
    """Return a resolution as letters name it: "resolution 1747 (2007)" for S/RES/1747 (2007)."""
    return wording.say("resolution {number}", number=resolution_number(wording, text))


def resolution_number(wording: Wording, text: str) -> str:
    """Return number and year of a resolution; among Arabic its symbol, whose letters hold the two together."""
    return printable(text if wording.is_right_to_left else text.removeprefix("S/RES/"))


def paragraph_of(wording: Wording, text: str, paragraph: str | None, *, verified: bool = True) -> str:
    """Return paragraph and resolution; a dagger where the paragraph was not read in a source."""
    named = resolution(wording, text)
    if paragraph is None:
        return wording.say("{resolution} (paragraph not known)", resolution=named)
    cited = wording.say("paragraph {paragraph} of {resolution}", paragraph=printable(paragraph), resolution=named)
    return cited if verified else f"{cited}†"


def occurred(wording: Wording, occurrence: Occurrence) -> str:
    """Return when it happened, no more exactly than it is known."""
    first, last = occurrence.first_day, occurrence.last_day
    if first is None:
        return known(wording, occurrence.as_typed)
    if occurrence.precision == DatePrecision.YEAR:
        return str(first.year)
    if occurrence.precision == DatePrecision.MONTH:
        return wording.month(first)
    if last is not None and last != first:
        return wording.say("between {first} and {last}", first=wording.day(first), last=wording.day(last))
    return wording.day(first)


def paper_named(wording: Wording, paper: PaperShown, kind: str) -> str:
    """Return a document by kind, number, day and issuer."""
    parts = [kind]
    parts += [wording.say("No. {number}", number=printable(paper.number))] if paper.number else []
    parts += [wording.say("of {day}", day=day_as_written(wording, paper.issued_on))] if paper.issued_on else []
    issuer = [printable(paper.issuer)] if paper.issuer else []
    issuer += [named] if (named := country_name(wording, paper.country)) else []
    return " ".join(parts) + (f" ({wording.in_a_row(issuer)})" if issuer else "")


def day_as_written(wording: Wording, text: str) -> str:
    """Return a day kept as text in full; what is no whole day as it was written."""
    try:
        return wording.day(date.fromisoformat(text))
    except ValueError:
        return printable(text)


def regime(wording: Wording, name: str) -> str:
    """Return the name of a regime in the language, or as the rulebook has it."""
    # Data, not a sentence: nothing is put into it.
    return printable(wording.translated(name) if wording.can_say(name) else name)


def distance(wording: Wording, metres: float) -> str:
    """Return a distance in kilometres from a kilometre on, in metres below."""
    if metres >= 1000:
        return f"{wording.number(round(metres / 1000, 1 if metres < 100_000 else 0))} {wording.say('km')}"
    return f"{wording.number(round(metres))} {wording.say('m')}"


def position(wording: Wording, latitude: float, longitude: float) -> str:
    """Return a position in degrees and decimal minutes, as charts give it."""
    north = wording.say("N") if latitude >= 0 else wording.say("S")
    east = wording.say("E") if longitude >= 0 else wording.say("W")
    return wording.in_a_row([f"{_degrees(wording, latitude, 2)} {north}", f"{_degrees(wording, longitude, 3)} {east}"])


def _degrees(wording: Wording, value: float, digits: int) -> str:
    degrees, tenths = divmod(round(abs(value) * 600), 600)
    return wording.set_apart(f"{degrees:0{digits}d}° {wording.fixed(tenths / 10, '00.0')}′")


def sentence_case(text: str) -> str:
    """Return the text with its first letter in upper case, as a label at the beginning of a line."""
    return text[:1].upper() + text[1:]
