"""One word of a name, with what is compared of it."""

from dataclasses import dataclass
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
    # Its even spelling and its skeleton, once `sounds_of` was asked for them: many words are never compared by sound.
    sounds: tuple[str, str] | None = None


def sounds_of(word: Word) -> tuple[str, str]:
    """Return the word's spelling made even, and its skeleton."""
    if word.sounds is None:
        spelled = even(word.text)
        word.sounds = spelled, skeleton(word.text, spelled)
    return word.sounds


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
    if a.script is not b.script:
        _, first = a.sounds or sounds_of(a)
        _, second = b.sounds or sounds_of(b)
        if len(first) >= _ENOUGH_CONSONANTS <= len(second):
            return _cost_of_consonants(first, second, is_foreign=_FOREIGN in (a.script, b.script))
    edits = _cost_of_letters(a, b)
    return edits * DEARER_CONSONANTS if edits < NO_WORD else edits


def _cost_of_consonants(first: str, second: str, *, is_foreign: bool) -> float:
    if is_foreign:
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
    letters, letters_of_other = len(one), len(other)
    shorter = letters if letters < letters_of_other else letters_of_other
    if shorter < 2:
        return NO_WORD
    even_one, skeleton_one = a.sounds or sounds_of(a)
    even_other, skeleton_other = b.sounds or sounds_of(b)
    is_same = skeleton_one == skeleton_other and (shorter > 3 or len(skeleton_one) > 1)
    # Su is not Ju, whatever else the names share; a long name bears three slips.
    most = 3 if is_same else most_edits(shorter)
    in_sound = _distance(even_one, even_other, score_cutoff=most)
    if in_sound > most:
        # Tse-tung and Zedong share hardly a letter: it takes four consonants to say so.
        return 1.2 if is_same and len(skeleton_one) > 3 else NO_WORD
    # Spelling made even or as written, whichever differs less.
    as_written = _distance(one, other, score_cutoff=in_sound)
    edits = float(as_written) if as_written <= in_sound else in_sound + 0.15
    return min(max(SAME_SOUND * edits, 0.3), 1.2) if is_same else edits


def most_edits(letters: int) -> int:
    """Return how many wrong letters a word of so many letters may bear."""
    return 0 if letters < 3 else 1 if letters < 5 else 2 if letters < 8 else 3
