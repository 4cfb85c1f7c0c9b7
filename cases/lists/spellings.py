"""The names inside a name as listed: spellings in a row, in brackets, in another script, or an acronym."""

import re
import unicodedata
from collections.abc import Iterator

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# Remarks on a name that are no part of it.
_REMARK = re.compile(
    r"[(\[]\s*original script\s*[)\]]|(?:in \w+ script|original script)\s*:|\s-\s*sub-unit name\b", re.IGNORECASE
)
_DESCRIPTION = re.compile(r",?\s+\b(?:born|passport|son of)\b.*$", re.IGNORECASE | re.DOTALL)


def spellings(text: str, quality: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Return each name that the text holds with its quality, the first one the text's own.

    An acronym alone names no one for certain and is of low quality; what stands in another script is ``original``.
    """
    found: dict[str, str] = {}
    for name, its_quality in _names_in(_REMARK.sub(" ", text), quality, kind):
        tidy = " ".join(name.split()).strip(" ,;:()[]/")
        if any(letter.isalpha() for letter in tidy):
            found.setdefault(tidy, its_quality)
    return tuple(found.items())


def _names_in(text: str, quality: str, kind: str) -> Iterator[tuple[str, str]]:
    parts = list(_in_a_row(text))
    for part in parts:
        if part is not parts[0] and _is_acronym(part, parts[0]):
            yield part, "low"
        else:
            yield from _of_part(part, quality, kind)


def _in_a_row(text: str) -> Iterator[str]:
    """Yield what semicolons or spaced strokes separate, brackets left whole."""
    depth, start = 0, 0
    for position, letter in enumerate(text):
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if depth == 0 and (letter == ";" or text[position - 1 : position + 2] == " / "):
            yield text[start:position]
            start = position + 1
    yield text[start:]


def _of_part(part: str, quality: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name before the brackets and what in them is a name too; of an organization nothing else is lost."""
    outside, inside = _BRACKETS.sub(" ", part), _BRACKETS.findall(part)
    is_latin = _is_latin(outside)
    kept: list[str] = []
    others: list[tuple[str, str]] = []
    for bracket in inside:
        if _is_latin(bracket) != is_latin or ";" in bracket:
            others += [(name, quality if _is_latin(name) else "original") for name in bracket.split(";")]
        elif _is_acronym(bracket, outside):
            others.append((bracket, "low"))
        elif kind != "person" and not any(letter.isdigit() for letter in bracket):
            kept.append(bracket)
    own = f"{outside} {' '.join(kept)}" if kind != "person" else _DESCRIPTION.sub("", outside)
    for name in _by_script(own):
        yield name, quality if _is_latin(name) else "original"
    yield from others


def _by_script(text: str) -> Iterator[str]:
    """Yield the runs of words of one script: a name and the same name in Arabic often share one field."""
    run: list[str] = []
    for word in text.split():
        is_word = any(letter.isalpha() for letter in word)
        if run and is_word and _is_latin(word) != _is_latin(" ".join(run)):
            yield " ".join(run)
            run = []
        run.append(word)
    if run:
        yield " ".join(run)


def _is_latin(text: str) -> bool:
    letter = next((letter for letter in text if letter.isalpha()), None)
    return letter is None or "LATIN" in unicodedata.name(letter, "")


def _is_acronym(short: str, name: str) -> bool:
    """Whether one word's letters run through the name in order, from the first letter of a word: AQIM, UTN, LRM/A."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    words = name.casefold().replace("-", " ").split()
    if not letters or len(short.split()) != 1 or short.strip() == name.strip() or len(words) < 2:
        return False
    starts = [position for position, word in enumerate(words) if word[0] == letters[0]]
    rest = iter(letter for word in words[starts[0] :] for letter in word) if starts else iter(())
    return all(letter in rest for letter in letters)
