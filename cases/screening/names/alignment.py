"""Which word of one name is which word of the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.screening.names.parts import Reading
from cases.screening.names.words import NO_WORD, SLIP, Word, cost_between, word_of

# An initial stands for any name with its letter: it speaks for the match, but little.
WEIGHT_OF_INITIAL = 0.3

# Less than this in common is one name, whatever it is made of, and too little when another stands beside it.
ENOUGH = 1.35
# Written together by one and apart by another: so many words at most.
LONGEST_RUN = 4
# From this weight on a word names somebody.
WEIGHT_OF_FULL_WORD = 0.45

# A word lighter than this says nothing at all: junior, the third.
FAINT = 0.15

_MOST_INITIALS = 3
_VOWELS = frozenset("aeiouy")


@dataclass(slots=True)
class Alignment:
    """The words paired, what they cost in wrong letters, and the words left over on each side."""

    pairs: list[tuple[int, int]]
    left_a: list[int]
    left_b: list[int]
    cost: float = 0.0
    shared: float = 0.0
    letters: float = 0.0
    joins: int = 0
    initials: int = 0
    full_words: int = 0
    has_short_form: bool = False
    is_acronym: bool = False


def align(a: Reading, b: Reading) -> Alignment:
    """Pair equal words first, then words close to one another, then words joined or split, then initials."""
    found = _same_words(a.words, b.words)
    if found.left_a and found.left_b:
        _close_words(found, a.words, b.words)
    if found.left_a and found.left_b:
        _joined_words(found, a.words, b.words)
    if found.left_a and found.left_b and a.kind == "person":
        _initials(found, a.words, b.words)
    elif found.left_a and found.left_b and a.kind == "organization":
        _acronyms(found, a.words, b.words)
    return found


def _same_words(a: tuple[Word, ...], b: tuple[Word, ...]) -> Alignment:
    found = Alignment([], [], [])
    texts = [word.text for word in b]
    for i, word in enumerate(a):
        if word.text in texts:
            j = texts.index(word.text)
            # Taken: no word is empty.
            texts[j] = ""
            _pair(found, a, b, i, j)
        else:
            found.left_a.append(i)
    found.left_b = [j for j, text in enumerate(texts) if text]
    return found


def _pair(found: Alignment, a: tuple[Word, ...], b: tuple[Word, ...], i: int, j: int) -> None:
    one, other = a[i], b[j]
    weight = one.weight if one.weight < other.weight else other.weight
    found.pairs.append((i, j))
    found.shared += weight
    if weight >= WEIGHT_OF_FULL_WORD:
        found.full_words += 1
        letters, letters_of_other = len(one.text), len(other.text)
        # A word that many names share makes no slip in another word any smaller.
        found.letters += (letters if letters < letters_of_other else letters_of_other) * weight


def _close_words(found: Alignment, a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    costs: list[tuple[float, int, int, int]] = []
    for i in found.left_a:
        one = a[i]
        for j in found.left_b:
            cost = cost_between(one, b[j])
            if cost < 1 or (cost < NO_WORD and _weigh_alike(one, b[j])):
                costs.append((cost, i + j, i, j))
    # Two pairs of one cost and one sum of places never compete for a word: the order of the names does not show.
    costs.sort()
    for cost, _, i, j in costs:
        if i in found.left_a and j in found.left_b:
            found.left_a.remove(i)
            found.left_b.remove(j)
            _pair(found, a, b, i, j)
            found.cost += cost
            if a[i].same_names is not None and b[j].same_names is not None and a[i].text[:3] != b[j].text[:3]:
                found.has_short_form = True


def _weigh_alike(a: Word, b: Word) -> bool:
    """Return whether both words name somebody, or neither does: Abd is no slip for Abbas."""
    return (a.weight < WEIGHT_OF_FULL_WORD) == (b.weight < WEIGHT_OF_FULL_WORD)


def _joined_words(found: Alignment, a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    offers: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = []
    if len(found.left_a) > 1:
        offers += _offers(found.left_a, found.left_b, a, b)
    if len(found.left_b) > 1:
        turned = _offers(found.left_b, found.left_a, b, a)
        offers += [(cost, total, mine, yours) for cost, total, yours, mine in turned]
    for cost, _, mine, yours in sorted(offers):
        if set(mine) <= set(found.left_a) and set(yours) <= set(found.left_b):
            found.left_a = [i for i in found.left_a if i not in mine]
            found.left_b = [j for j in found.left_b if j not in yours]
            found.pairs.append((mine[0], yours[0]))
            found.shared += min(sum(a[i].weight for i in mine), sum(b[j].weight for j in yours))
            found.letters += min(sum(len(a[i].text) for i in mine), sum(len(b[j].text) for j in yours))
            found.cost += cost
            found.full_words += 1
            found.joins += 1


def _offers(
    many: list[int], few: list[int], a: tuple[Word, ...], b: tuple[Word, ...]
) -> list[tuple[float, int, tuple[int, ...], tuple[int, ...]]]:
    """Return the runs of neighbouring words of the first name that, joined, are close to a word of the second."""
    offers: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = []
    for run in _runs_of_neighbours(many):
        letters = sum([len(a[i].text) for i in run])
        near = [j for j in few if -3 < letters - len(b[j].text) < 3]
        if near:
            joined = _joined(run, a)
            offers += [(cost, sum(run) + j, run, (j,)) for j in near if (cost := cost_between(joined, b[j])) < SLIP]
    return offers


def _runs_of_neighbours(places: list[int]) -> Iterator[tuple[int, ...]]:
    for start in range(len(places) - 1):
        for end in range(start + 1, min(start + LONGEST_RUN, len(places))):
            if places[end] - places[start] != end - start:
                break
            yield tuple(places[start : end + 1])


def _joined(run: Sequence[int], words: tuple[Word, ...]) -> Word:
    return word_of("".join([words[i].text for i in run]), 1.0, words[run[0]].script)


def may_be_initials(word: Word) -> bool:
    """Return whether the word may stand for one name or more that begin with its letters."""
    return len(word.text) == 1 or (len(word.text) <= _MOST_INITIALS and _VOWELS.isdisjoint(word.text))


def _initials(found: Alignment, a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    if not _any_initials(found.left_a, a) and not _any_initials(found.left_b, b):
        return
    for i in tuple(found.left_a):
        for j in tuple(found.left_b):
            one, other = a[i].text, b[j].text
            if i in found.left_a and (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
                found.left_a.remove(i)
                found.left_b.remove(j)
                _pair_initial(found, i, j)
                break
    _run_of_initials(found, found.left_a, found.left_b, a, b)
    _run_of_initials(found, found.left_b, found.left_a, b, a)


def _any_initials(places: list[int], words: tuple[Word, ...]) -> bool:
    for place in places:
        word = words[place]
        if len(word.text) <= _MOST_INITIALS and may_be_initials(word):
            return True
    return False


def _pair_initial(found: Alignment, i: int, j: int) -> None:
    found.pairs.append((i, j))
    found.shared += WEIGHT_OF_INITIAL
    found.letters += 1
    found.initials += 1


def _run_of_initials(
    found: Alignment, short: list[int], full: list[int], a: tuple[Word, ...], b: tuple[Word, ...]
) -> None:
    """JC Juncker is Jean-Claude Juncker."""
    for i in tuple(short):
        text = a[i].text
        if (
            may_be_initials(a[i])
            and len(full) >= len(text)
            and text == "".join(b[j].text[0] for j in full[: len(text)])
        ):
            short.remove(i)
            del full[: len(text)]
            found.shared += WEIGHT_OF_INITIAL
            found.letters += len(text)
            found.initials += 1


def _acronyms(found: Alignment, a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    if not found.pairs or len(found.pairs) < 2:
        _acronym(found, found.left_a, found.left_b, a, b)
        _acronym(found, found.left_b, found.left_a, b, a)


def _acronym(found: Alignment, short: list[int], full: list[int], a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    initials = "".join(b[j].text[0] for j in full)
    for i in tuple(short):
        if len(initials) > 2 and a[i].text == initials:
            short.remove(i)
            full.clear()
            found.shared += 1.0
            found.letters += len(initials)
            found.is_acronym = True
            return
