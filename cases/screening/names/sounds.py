"""What a word sounds like: its spelling made even, and the consonants that carry it."""

import re
from collections.abc import Iterable
from functools import lru_cache

# One sound, many spellings, across the ways in which names of all countries are written in Latin letters.
_EVEN = {
    "shch": "sh", "tsch": "ch", "sch": "sh", "dzh": "j", "tch": "ch", "zh": "j", "dj": "j", "kh": "h", "gh": "g",
    "ph": "f", "th": "t", "dh": "d", "ck": "k", "cz": "ch", "tz": "ts", "ou": "u", "oo": "u", "ee": "i", "ie": "i",
    "ij": "i", "ue": "u", "oe": "o", "ae": "a", "aa": "a", "ii": "i", "uu": "u",
}  # fmt: skip


def _any_of(spellings: Iterable[str]) -> str:
    """Return a pattern for any of these, the longest first, parted by first letter: most letters open none."""
    rests: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=lambda spelling: (-len(spelling), spelling)):
        rests.setdefault(spelling[0], []).append(spelling[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_EVEN_PATTERN = re.compile(_any_of(_EVEN))
# A letter that its like follows.
_DOUBLED = re.compile(r"(.)(?=\1)")
_J_AS_I = re.compile(r"(?<=[aeiou])j(?![aeiou])")
_SOFT_C = re.compile(r"c(?=[eiy])")
# Sounds of two letters, in capitals so that they are not taken for one, and the class of each consonant; no vowel.
_CLASSES = bytes.maketrans(b"SCbvdgzjc", b"scpftksck")
_VOWELS = ("a", "e", "i", "o", "u")
_NO_SIGNS = b"aeiou"


@lru_cache(maxsize=1 << 16)
def even(word: str) -> str:
    """Return the word in one spelling for each sound; `word` is in lower-case Latin letters."""
    spelled = _J_AS_I.sub("i", word) if "j" in word else word
    if spelled.startswith(("hs", "xi", "xu")):
        spelled = "s" + spelled[2 if spelled[0] == "h" else 1 :]
    spelled = spelled.replace("w", "v").replace("q", "k").replace("y", "i").replace("x", "ks")
    spelled = _EVEN_PATTERN.sub(_even_spelling, spelled)
    if "c" in spelled and "ch" not in spelled:
        spelled = _SOFT_C.sub("s", spelled)
    spelled = _DOUBLED.sub("", spelled)
    return spelled[:-1] if spelled.endswith("ah") else spelled


def _even_spelling(found: re.Match[str]) -> str:
    return _EVEN[found.group()]


def skeleton(word: str, spelled_even: str | None = None) -> str:
    """Return the classes of the word's consonants, with `a` for a vowel that opens it."""
    spelled = even(word) if spelled_even is None else spelled_even
    if "w" in word:
        # An inner w is a vowel to one writer and a consonant to the next: Awad, Aouad.
        spelled = even(word[:1] + word[1:].replace("w", "u"))
    joined = spelled.replace("ts", "S").replace("sh", "C").replace("ch", "C")
    # Bytes are translated in a third of the time.
    classes = joined.encode().translate(_CLASSES, _NO_SIGNS).decode()
    return _DOUBLED.sub("", f"a{classes}" if spelled.startswith(_VOWELS) else classes)
