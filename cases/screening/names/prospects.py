"""What a listed name can score at most, judged by which words it may share with the stated one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cases.screening.names.alignment import (
    ENOUGH,
    FAINT,
    WEIGHT_OF_FULL_WORD,
    WEIGHT_OF_INITIAL,
    may_be_initials,
)
from cases.screening.names.parts import Reading
from cases.screening.names.words import NO_WORD, Word, cost_between

# More than so many times what is shared cannot be left over in a match: of a person's name, of a body's.
_MOST_LEFT_OF_PERSON, _MOST_LEFT_OF_BODY = 1.3, 0.61


class Asked(NamedTuple):
    """A stated word, and the names that may hold it, in each way in which they may."""

    word: Word
    as_full_word: int
    as_word: int
    # Several listed words may be this one, or a word of full weight this one and its neighbours.
    as_run: int
    # A light word, such as Abu, may be this one and its neighbours.
    as_part_of_light: int
    as_initial: int


def places_in(names: int) -> Iterator[int]:
    """Yield the places of the names, each a bit of the number, in order."""
    while names:
        lowest = names & -names
        yield lowest.bit_length() - 1
        names ^= lowest


class Prospects:
    """The words of one stated name, as they may be shared."""

    def __init__(self, reading: Reading, asked: Sequence[Asked]) -> None:
        self._asked = asked
        self._weights = [word.weight for word in reading.words]
        self._weight = sum(self._weights)
        self._is_person = reading.kind == "person"
        # Initials and light words alone are nobody's name.
        self._in_full = 0 if self._is_person else -1
        # Where words are joined or parted, what is left over is not told word by word.
        self._in_runs = self._in_light_words = 0
        for each in asked:
            self._in_runs |= each.as_run
            self._in_light_words |= each.as_part_of_light
            self._in_full |= each.as_run | (each.as_full_word if each.word.weight >= WEIGHT_OF_FULL_WORD else 0)
        # Each listed word met, and whether no stated word may be it.
        self._strange: dict[Word, bool] = {}

    def worth_comparing(self, names: int, readings: Sequence[Reading]) -> int:
        """Return those of the names that may still reach the line."""
        worth = 0
        for place in places_in(names & self._in_full):
            if self._may_match(place, readings[place]):
                worth |= 1 << place
        return worth

    def _may_match(self, place: int, listed: Reading) -> bool:
        """Return whether enough may be shared, and little enough left over, for a match; in doubt it may."""
        found = [_shared(asked, place) for asked in self._asked]
        shared = sum(found)
        left = self._weight - shared
        if not self._in_runs >> place & 1:
            least = WEIGHT_OF_FULL_WORD if self._in_light_words >> place & 1 else 0.0
            strange = [word.weight for word in listed.words if word.weight >= least and self._is_strange(word)]
            known = len(listed.words) - len(strange)
            is_any_left = 0.0 in found or len(found) > known
            if is_any_left and strange and max(strange) >= FAINT and min(self._weights) >= FAINT:
                return False
            # No listed word stands for two stated ones, and none carries more than 1.
            shared = min(shared, known)
            left = max(self._weight - shared, sum(strange))
        if not self._is_person:
            return left <= _MOST_LEFT_OF_BODY * shared
        return left <= _MOST_LEFT_OF_PERSON * shared and (left < WEIGHT_OF_FULL_WORD or shared >= ENOUGH)

    def _is_strange(self, listed: Word) -> bool:
        is_strange = self._strange.get(listed)
        if is_strange is None:
            is_strange = self._strange[listed] = not any(_may_be(asked.word, listed) for asked in self._asked)
        return is_strange


def _may_be(stated: Word, listed: Word) -> bool:
    return (may_be_initials(stated) and listed.text[0] in stated.text) or cost_between(stated, listed) < NO_WORD


def _shared(asked: Asked, place: int) -> float:
    """Return what of the word that name may share, at most."""
    word, as_full_word, as_word, as_run, as_part_of_light, as_initial = asked
    if (as_full_word | as_run) >> place & 1:
        return max(word.weight, WEIGHT_OF_INITIAL)
    if as_initial >> place & 1:
        return max(WEIGHT_OF_INITIAL, min(word.weight, WEIGHT_OF_FULL_WORD))
    return min(word.weight, WEIGHT_OF_FULL_WORD) if (as_word | as_part_of_light) >> place & 1 else 0.0
