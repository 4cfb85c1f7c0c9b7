"""The words of many names, each with the names that hold it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cases.screening.names.alignment import WEIGHT_OF_FULL_WORD
from cases.screening.names.keys import key_across_scripts, key_by_sound, keys_of, keys_of_whole
from cases.screening.names.scripts import Script
from cases.screening.names.words import NO_WORD, SLIP, Word, cost_between, most_edits, sounds_of

# What a word may cost to be called the same.
_SAME = 0.85
# Words remembered with the names that hold a word like them; beyond that all are forgotten at once.
_MOST_KEPT = 1 << 16
# The names that hold the same word, one at most a slip away, and one that it may be at all, each with the one before;
# and those in which a word that it may be carries full weight.
Likeness = tuple[int, int, int, int]
NOWHERE: Likeness = (0, 0, 0, 0)


def either(one: Likeness, other: Likeness) -> Likeness:
    """Return the names that hold either word."""
    if other is NOWHERE:
        return one
    return one[0] | other[0], one[1] | other[1], one[2] | other[2], one[3] | other[3]


def without(one: Likeness, others: Iterable[Likeness]) -> Likeness:
    """Return the names that hold the one word, but none of the others."""
    kept = ~0
    for _, _, any_way, _ in others:
        kept &= ~any_way
    return one[0] & kept, one[1] & kept, one[2] & kept, one[3] & kept


class Vocabulary:
    """Words looked up by likeness; a set of names is a number in which each name is a bit."""

    def __init__(self, keys: Callable[[Word], Iterable[str]]) -> None:
        self._keys = keys
        self._places: dict[Word, int] = {}
        self._words: list[Word] = []
        self._names: list[int] = []
        # What is compared of many words in one go: their letters, and across scripts their consonants.
        self._evens: list[str] = []
        self._across: list[str] = []
        self._in_other_scripts: set[int] = set()
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._kept: dict[Word, Likeness] = {}

    def enter(self, word: Word, name: int) -> None:
        """Record that the name holds the word."""
        place = self._places.get(word)
        if place is not None:
            self._names[place] |= name
            return
        place = self._places[word] = len(self._words)
        self._words.append(word)
        self._names.append(name)
        self._evens.append(sounds_of(word)[0])
        across = key_across_scripts(word)
        self._across.append(across)
        if word.script is not Script.ALPHABET:
            self._in_other_scripts.add(place)
            across += "~"
        for key in (*self._keys(word), across):
            self._by_key[key].append(place)

    def names_like(self, word: Word) -> Likeness:
        """Return the names that hold this word or one that it may be, misspelt or in another script."""
        names = self._kept.get(word)
        if names is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            names = self._kept[word] = self._names_like(word)
        return names

    def names_sounding_like(self, word: Word) -> Likeness:
        """Return the names that hold a word of the same sound and about as long."""
        places = self._by_key.get(key_by_sound(word), ())
        letters = len(word.text)
        return self._confirmed(word, [place for place in places if -3 < len(self._words[place].text) - letters < 3])

    def _names_like(self, word: Word) -> Likeness:
        across = key_across_scripts(word)
        by_sound = [key_by_sound(word), f"{across}~", *(f"={group}" for group in word.same_names or ())]
        if word.script is not Script.ALPHABET:
            by_sound.append(across)
        sounding = self._at(by_sound)
        by_letters = self._at(self._keys(word)) - sounding
        return self._confirmed(word, sounding | self._near(word, by_letters) if by_letters else sounding)

    def _at(self, keys: Iterable[str]) -> set[int]:
        places: set[int] = set()
        for key in keys:
            if key in self._by_key:
                places.update(self._by_key[key])
        return places

    def _near(self, word: Word, places: set[int]) -> set[int]:
        """Leave out the words that hold more wrong letters, or across scripts consonants, than this one may bear."""
        near = _within(most_edits(len(word.text)), sounds_of(word)[0], self._evens, list(places))
        across = places & self._in_other_scripts if word.script is Script.ALPHABET else places
        if across:
            near += _within(1, key_across_scripts(word), self._across, list(across))
        return set(near)

    def _confirmed(self, word: Word, places: Iterable[int]) -> Likeness:
        """Join the names of the words that this one may be: bits joined in any order make the same number."""
        same = slip = any_way = full = 0
        words, names = self._words, self._names
        for place in places:
            cost = cost_between(word, words[place])
            if cost >= NO_WORD:
                continue
            any_way |= names[place]
            if cost < SLIP:
                slip |= names[place]
            if cost < _SAME:
                same |= names[place]
            if words[place].weight >= WEIGHT_OF_FULL_WORD:
                full |= names[place]
        return (same, slip, any_way, full) if any_way else NOWHERE


def _within(most: int, text: str, texts: Sequence[str], places: Sequence[int]) -> list[int]:
    """Return the places whose text is so many edits away at most."""
    found = extract(text, [texts[place] for place in places], scorer=OSA.distance, score_cutoff=most, limit=None)
    return [places[number] for _, _, number in found]


def of_words() -> Vocabulary:
    """Return an empty vocabulary of words in which slips are expected."""
    return Vocabulary(keys_of)


def of_wholes() -> Vocabulary:
    """Return an empty vocabulary of whole names, each written as one word."""
    return Vocabulary(keys_of_whole)


def of_sounds() -> Vocabulary:
    """Return an empty vocabulary of words written together, in which only the spelling of sounds may differ."""
    return Vocabulary(lambda word: (key_by_sound(word),))
