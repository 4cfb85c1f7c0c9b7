"""A name read: its words in order, what was set aside, and the numbers in it."""

from dataclasses import dataclass, field
from functools import lru_cache

from cases.screening.names.companies import company_parts
from cases.screening.names.parts import Parts, words_in
from cases.screening.names.persons import person_parts
from cases.screening.names.scripts import Script, latin, script_of
from cases.screening.names.vessels import vessel_parts
from cases.screening.names.words import Word, word_of

_READERS = {"person": person_parts, "vessel": vessel_parts}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is compared of a name; `others` are the names it gives beside itself, as "A/B" gives A and B."""

    kind: str
    script: Script
    words: tuple[Word, ...]
    fathers: frozenset[int]
    numbers: tuple[int, ...]
    legal_forms: frozenset[str]
    remark: frozenset[str]
    is_inverted: bool
    joined: str
    squeezed: str
    bears_no_slip: bool
    key: str
    others: tuple["Reading", ...] = field(default=())


@lru_cache(maxsize=1 << 16)
def read_name(text: str, kind: str) -> Reading:
    """Return the name as read; a kind other than person and vessel is read as an organization's."""
    parts = _READERS.get(kind, company_parts)(text)
    squeezed = "".join(words_in(latin(text).lower()))
    return _reading(parts, kind, script_of(text), squeezed)


def _reading(parts: Parts, kind: str, script: Script, squeezed: str) -> Reading:
    words = tuple(
        word_of(text, weight, script, is_exact=text in parts.exact)
        for text, weight in zip(parts.words, parts.weights, strict=True)
    )
    others = tuple(_reading(other, kind, script, "".join(other.words)) for other in parts.others)
    marks = 2 * script.value + parts.is_inverted
    return Reading(
        kind=kind,
        script=script,
        words=words,
        fathers=parts.fathers,
        numbers=parts.numbers,
        legal_forms=parts.legal_forms,
        remark=parts.remark,
        is_inverted=parts.is_inverted,
        joined="".join(parts.words),
        squeezed=squeezed,
        bears_no_slip=bool(parts.exact) or script == Script.SIGNS,
        key=_key(parts, marks, others),
        others=others,
    )


def _key(parts: Parts, marks: int, others: tuple[Reading, ...]) -> str:
    words = " ".join(f"{word}." if word in parts.exact else word for word in parts.words)
    fathers = ",".join(map(str, sorted(parts.fathers)))
    numbers = ",".join(map(str, parts.numbers))
    head = f"{words}|{fathers}|{numbers}|{','.join(sorted(parts.legal_forms))}|{','.join(sorted(parts.remark))}|{marks}"
    return "/".join((head, *(other.key for other in others)))
