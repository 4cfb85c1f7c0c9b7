"""One word of a name, with what is compared of it."""

from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from cases.screening.names.person_words import SAME_NAMES
from cases.screening.names.scripts import Script
from cases.screening.names.sounds import even, skeleton

# What it costs that two words differ in spelling but not in sound: less than one wrong letter.
SAME_SOUND = 0.4
# The same between two scripts, one of which may lack the letters for it.
SAME_SOUND_ACROSS_SCRIPTS = 0.25
# A short form, or the same name in another language.
SAME_NAME = 0.7
# Where vowels are not written, each letter says more.
DEARER_CONSONANTS = 1.5
# Above this a pair of words holds more than one slip.
SLIP = 1.35
# No pair of words that is further apart than this counts as one word.
NO_WORD = 9.0

_distance = OSA.distance
# One consonant alone is in too many words to stand for a word.
_ENOUGH_CONSONANTS = 2
_ALPHABET, _SIGNS, _FOREIGN = Script.ALPHABET, Script.SIGNS, Script.FOREIGN_IN_SIGNS
# Scripts in which a vowel, or an l, is no sign of the name's own.
_WITHOUT_SOUNDS = frozenset((Script.CONSONANTS, Script.FOREIGN_IN_SIGNS))


@dataclass(slots=True, eq=False)
class Word:
    """A word in lower-case Latin letters; `weight` says how much of a name it carries, from 0 to 1."""

    text: str
    weight: float
    script: Script
    is_exact: bool
    same_names: frozenset[int] | None
    even: str = field(init=False)
    skeleton: str = field(init=False)

    def __getattr__(self, name: str) -> str:
        """Work out how the word sounds when first asked: most words are never compared by sound."""
        if name not in {"even", "skeleton"}:
            raise AttributeError(name)
        self.even = even(self.text)
        self.skeleton = skeleton(self.text, self.even)
        return self.even if name == "even" else self.skeleton


@lru_cache(maxsize=1 << 16)
def word_of(text: str, weight: float, script: Script = Script.ALPHABET, *, is_exact: bool = False) -> Word:
    """Return the word; an exact one bears no wrong letter, as an acronym."""
    return Word(text, weight, script, is_exact, SAME_NAMES.get(text))


def cost_between(a: Word, b: Word) -> float:
    """Return by how many wrong letters the words differ, sounds counted less; `NO_WORD` when they are two words."""
    if a.text == b.text:
        return 0.0
    if a.is_exact or b.is_exact:
        return NO_WORD
    if a.same_names is not None and b.same_names is not None and not a.same_names.isdisjoint(b.same_names):
        return SAME_NAME
    if a.script is _ALPHABET is b.script:
        return _cost_of_letters(a, b)
    if a.script is _SIGNS is b.script:
        return NO_WORD
    if a.script in _WITHOUT_SOUNDS or b.script in _WITHOUT_SOUNDS:
        return _cost_by_consonants(a, b)
    return _cost_of_letters(a, b)


def _cost_by_consonants(a: Word, b: Word) -> float:
    if a.script != b.script and min(len(a.skeleton), len(b.skeleton)) >= _ENOUGH_CONSONANTS:
        return _cost_of_consonants(a, b)
    edits = _cost_of_letters(a, b)
    return edits * DEARER_CONSONANTS if edits < NO_WORD else edits


def _cost_of_consonants(a: Word, b: Word) -> float:
    first, second = a.skeleton, b.skeleton
    if _FOREIGN in (a.script, b.script):
        first, second = first.replace("r", "l"), second.replace("r", "l")
    if first == second:
        return SAME_SOUND_ACROSS_SCRIPTS
    # Ramadan and Ramazan are written with one letter; so is a vowel that opens a name, or none.
    if first.removeprefix("a").replace("t", "s") == second.removeprefix("a").replace("t", "s"):
        return 2 * SAME_SOUND
    if min(len(first), len(second)) > 3 and _distance(first, second, score_cutoff=1) <= 1:
        return 1.5
    return NO_WORD


def _cost_of_letters(a: Word, b: Word) -> float:
    one, other = a.text, b.text
    shorter = min(len(one), len(other))
    if shorter < 2:
        return NO_WORD
    if a.skeleton == b.skeleton and (shorter > 3 or len(a.skeleton) > 1):
        edits = _edits(a, b, 3)
        # Tse-tung and Zedong share hardly a letter: it takes four consonants to say so.
        return min(max(SAME_SOUND * edits, 0.3), 1.2) if edits < NO_WORD or len(a.skeleton) > 3 else NO_WORD
    # Su is not Ju, whatever else the names share; a long name bears three slips.
    return _edits(a, b, most_edits(shorter))


def most_edits(letters: int) -> int:
    """Return how many wrong letters a word of so many letters may bear."""
    return 0 if letters < 3 else 1 if letters < 5 else 2 if letters < 8 else 3


def _edits(a: Word, b: Word, most: int) -> float:
    """Return how many letters differ, spelling made even or as written, whichever are fewer."""
    in_sound = _distance(a.even, b.even, score_cutoff=most)
    if in_sound > most:
        return NO_WORD
    as_written = _distance(a.text, b.text, score_cutoff=in_sound)
    return float(as_written) if as_written <= in_sound else in_sound + 0.15
