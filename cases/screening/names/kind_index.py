"""The listed names of one kind, found by the words that a stated name shares with them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cases.screening.names.alignment import ENOUGH, LONGEST_RUN, WEIGHT_OF_FULL_WORD, WEIGHT_OF_INITIAL, may_be_initials
from cases.screening.names.parts import Reading
from cases.screening.names.prospects import Asked, Prospects, places_in
from cases.screening.names.readings import read_name
from cases.screening.names.scripts import Script
from cases.screening.names.vocabulary import NOWHERE, either, of_sounds, of_wholes, of_words, without
from cases.screening.names.words import Word, word_of

# A name of more words is held to be this long: more words in common are not asked for.
_LONGEST = 6


class KindIndex:
    """Names as bits of a number: the names that hold a word like this are one number, and counting is arithmetic."""

    def __init__(self, kind: str, texts: Sequence[str]) -> None:
        self.kind = kind
        self.readings = tuple(read_name(text, kind) for text in texts)
        self._words = of_words()
        self._runs = of_sounds()
        self._wholes = of_wholes()
        self._acronyms: defaultdict[str, int] = defaultdict(int)
        self._of_length: defaultdict[int, int] = defaultdict(int)
        # By letter, and by how many words of the name open with it.
        self._openings: defaultdict[tuple[str, int], int] = defaultdict(int)
        self._initials: defaultdict[str, int] = defaultdict(int)
        self._squeezed: defaultdict[str, int] = defaultdict(int)
        self._abridged = self._slight = self._twofold = 0
        self._numbered: defaultdict[tuple[int, ...], int] = defaultdict(int)
        for place, reading in enumerate(self.readings):
            if reading.others:
                self._twofold |= 1 << place
            for each in (reading, *reading.others):
                self._enter(each, 1 << place)

    def candidates(self, reading: Reading) -> Iterator[int]:
        """Yield in order the places of the names that share as many words with this one as the shorter has."""
        names = 0
        for each in (reading, *reading.others):
            names |= self._candidates(each)
        yield from places_in(names)

    def _enter(self, reading: Reading, name: int) -> None:
        counted = _counted(reading)
        self._of_length[min(len(counted), _LONGEST)] |= name
        if any(map(may_be_initials, counted)):
            self._abridged |= name
        if _is_slight(reading):
            self._slight |= name
        for word in reading.words:
            self._words.enter(word, name)
            self._openings[word.text[0], _opening_alike(word, reading)] |= name
            if may_be_initials(word):
                self._initials[word.text[0]] |= name
        for _, _, joined in _runs(reading.words):
            self._runs.enter(joined, name)
        for whole in _wholes(reading):
            self._wholes.enter(whole, name)
        if reading.squeezed:
            self._squeezed[reading.squeezed] |= name
        if reading.kind != "person":
            self._numbered[_number(reading)] |= name
            self._acronyms[_acronym(reading)] |= name

    def _candidates(self, reading: Reading) -> int:
        sure = self._by_acronym(reading) if reading.kind == "organization" else 0
        for whole in _wholes(reading):
            sure |= self._wholes.names_like(whole)[2]
        names, alike = 0, self._numbered_alike(reading)
        counted = _counted(reading)
        shared = self._shared(reading, counted)
        for length, of_length in self._of_length.items():
            if needed := min(length, len(counted), _LONGEST):
                names |= shared.names(needed) & of_length & (shared.joined | self._comparable(reading, counted, length))
        # What a name of initials, or one of two names, may share is not told by its words.
        untold = names & (self._abridged | self._twofold)
        prospects = Prospects(reading, shared.asked)
        worth = sure | untold | prospects.worth_comparing(names & alike & ~untold & ~sure, self.readings)
        return worth & alike | self._squeezed.get(reading.squeezed, 0)

    def _numbered_alike(self, reading: Reading) -> int:
        """Return the names whose numbers may be these: a vessel is often called without hers."""
        if reading.kind == "person":
            return -1
        number = _number(reading)
        names = self._numbered.get(number, 0)
        if reading.kind != "vessel":
            return names
        return names | self._numbered.get((), 0) if number else -1

    def _comparable(self, reading: Reading, counted: Sequence[Word], length: int) -> int:
        """Return the names that may match when they hold so many words: a body's are all there, or most of a person's.

        Who is called by little may not have another name beside it; an initial may stand beside anything.
        """
        count = min(len(counted), _LONGEST)
        if length == count:
            return -1
        if reading.kind != "person":
            return 0
        if length > count:
            return self._abridged if _is_slight(reading) else -1
        return -1 if any(map(may_be_initials, counted)) else ~self._slight

    def _shared(self, reading: Reading, counted: Sequence[Word]) -> "_Shared":
        shared = _Shared()
        by_words = [self._words.names_like(word) for word in reading.words]
        in_runs = [NOWHERE] * len(reading.words)
        for start, end, joined in _runs(reading.words):
            names = self._words.names_sounding_like(joined)
            if names is not NOWHERE:
                shared.joined |= names[2]
                shared.count(names, end - start)
                # A word that the name holds by itself is not also a part of a longer one.
                names = without(names, by_words[start:end])
                in_runs[start:end] = [either(in_run, names) for in_run in in_runs[start:end]]
        for word, by_word, in_run in zip(reading.words, by_words, in_runs, strict=True):
            by_run, by_initial = self._runs.names_like(word), self._by_initial(word, reading)
            _, _, as_word, as_full_word = by_word
            as_run, as_part_of_light = by_run[2] | in_run[3], in_run[2] & ~in_run[3]
            shared.asked.append(Asked(word, as_full_word, as_word, as_run, as_part_of_light, by_initial))
            if word in counted:
                shared.joined |= by_run[2]
                # Written apart it is two words of the listed name, at least.
                shared.count(by_run, 2)
                shared.count([names | by_initial for names in by_word], 1)
        return shared

    def _by_initial(self, word: Word, reading: Reading) -> int:
        if self.kind != "person":
            return 0
        letter = word.text[0]
        if not may_be_initials(word):
            return self._initials.get(letter, 0)
        # Ali A. is nobody with one A: the other words that open alike need theirs.
        names = 0
        for count in range(_opening_alike(word, reading), _LONGEST + 1):
            names |= self._openings.get((letter, count), 0)
        return names

    def _by_acronym(self, reading: Reading) -> int:
        names = 0
        if len(reading.words) > 2:
            names = self._words.names_like(word_of(_acronym(reading), 1.0, is_exact=True))[0]
        for word in reading.words:
            names |= self._acronyms.get(word.text, 0)
        return names


class _Shared:
    """For each number of words, the names that share at least so many: the same, within a slip, in any way."""

    def __init__(self) -> None:
        # Place 0 stands for all names: none shares fewer than no word.
        self._same, self._slip, self._any = ([-1] + [0] * _LONGEST for _ in range(3))
        self.joined = 0
        self.asked: list[Asked] = []

    def count(self, names: Sequence[int], words: int) -> None:
        """Add a word, or several words at once, that these names share."""
        for at_least, holding in zip((self._same, self._slip, self._any), names, strict=False):
            if holding:
                for needed in range(_LONGEST, 0, -1):
                    at_least[needed] |= at_least[max(needed - words, 0)] & holding

    def names(self, needed: int) -> int:
        """Return the names that share so many words, of which two hold a slip each, or one holds more, at most."""
        within_two_slips = self._slip[needed] & self._same[max(needed - 2, 0)]
        return within_two_slips | self._any[needed] & self._same[needed - 1]


def _counted(reading: Reading) -> Sequence[Word]:
    """Return the words that a match cannot do without: all but the light ones."""
    if reading.kind != "person":
        return [word for word in reading.words if word.weight >= WEIGHT_OF_FULL_WORD] or reading.words
    return [
        word for word in reading.words if word.weight >= WEIGHT_OF_FULL_WORD or may_be_initials(word)
    ] or reading.words


def _opening_alike(word: Word, reading: Reading) -> int:
    letter = word.text[0]
    return min(sum(other.text[0] == letter for other in reading.words), _LONGEST)


def _number(reading: Reading) -> tuple[int, ...]:
    """Return the numbers of a name; the first of a series is called with its number and without."""
    return () if reading.numbers == (1,) else reading.numbers


def _is_slight(reading: Reading) -> bool:
    """Return whether all words together say too little for anything to stand beside them in another name."""
    return sum(WEIGHT_OF_INITIAL if may_be_initials(word) else word.weight for word in reading.words) < ENOUGH


def _runs(words: Sequence[Word]) -> list[tuple[int, int, Word]]:
    """Return the runs of neighbouring words written together, with the places where each begins and ends."""
    return [
        (start, end, word_of("".join([word.text for word in words[start:end]]), 1.0, words[start].script))
        for start in range(len(words) - 1)
        for end in range(start + 2, min(start + LONGEST_RUN, len(words)) + 1)
    ]


def _wholes(reading: Reading) -> tuple[Word, ...]:
    script = reading.words[0].script if reading.words else Script.ALPHABET
    texts = {reading.joined, reading.squeezed} - {""}
    return tuple(word_of(text, 1.0, script) for text in sorted(texts))


def _acronym(reading: Reading) -> str:
    return "".join(word.text[0] for word in reading.words)
