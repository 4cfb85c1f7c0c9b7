"""How alike two names are, as read, and what decides it."""

from operator import itemgetter

from rapidfuzz.distance import OSA, Indel

from cases.screening.names.alignment import ENOUGH, FAINT, WEIGHT_OF_FULL_WORD, Alignment, align
from cases.screening.names.parts import Reading
from cases.screening.names.person_words import GIVEN_NAMES
from cases.screening.names.sounds import even
from cases.screening.names.words import SAME_SOUND_ACROSS_SCRIPTS, Word, sounds_of

# Below this a name is no match; from it on a person looks at it.
REVIEW_THRESHOLD = 0.7
# From this on a name counts as named, subject to what the list says of the day.
CERTAIN_THRESHOLD = 0.9

# What names score at most when something contradicts: near misses stay visible below the line.
_NO_MATCH = 0.65
# A match that one word carries, beside a small one that the other name lacks: Nasir, Abd al-Nasir.
_DOUBTFUL = 0.85
# A name that matches one of the two names given in one line.
_ONE_NAME_OF_TWO = 0.95
# From this length on, one wrong letter in the whole text is a slip wherever it stands.
_LONG_ENOUGH = 9
# Wrong letters that a name may bear before it is no match: a quarter of its letters, and never more than these.
_LETTERS_PER_EDIT = 4.0
_MOST_EDITS = 2.4
_GIVEN = frozenset(map(even, GIVEN_NAMES))

Verdict = tuple[float, str]
# Low for want of common words only, so that another way of writing may still show one name.
_OPEN = frozenset({"names.partly_alike", "names.spelling_differs", "names.parts_missing"})
NOT_ALIKE: Verdict = (0.0, "names.partly_alike")


def compare(a: Reading, b: Reading) -> Verdict:
    """Return the similarity of two names of one kind from 0 to 1, and the rule that explains it."""
    if (a.words or a.numbers) and _are_read_alike(a, b):
        return 1.0, "names.same"
    verdict = _compare(a, b)
    if verdict[0] < REVIEW_THRESHOLD and (a.others or b.others):
        beside = max(_compare(one, other) for one in (a, *a.others) for other in (b, *b.others))
        verdict = max(verdict, (min(beside[0], _ONE_NAME_OF_TWO), beside[1]))
    if verdict[0] < REVIEW_THRESHOLD and verdict[1] in _OPEN:
        return max(verdict, _as_written(a, b))
    return verdict


def _are_read_alike(a: Reading, b: Reading) -> bool:
    """Return whether the names have one key, which takes longer to write than most words take to differ."""
    if len(a.words) != len(b.words) or a.numbers != b.numbers or len(a.others) != len(b.others):
        return False
    for one, other in zip(a.words, b.words, strict=True):
        if one is not other and (one.text != other.text or one.is_exact != other.is_exact):
            return False
    return (
        a.fathers == b.fathers
        and a.legal_forms == b.legal_forms
        and a.remark == b.remark
        and a.script is b.script
        and a.is_inverted is b.is_inverted
        and all(map(_are_read_alike, a.others, b.others))
    )


def _compare(a: Reading, b: Reading) -> Verdict:
    if not a.words or not b.words:
        return (1.0, "names.same") if a.squeezed and a.squeezed == b.squeezed else NOT_ALIKE
    found = align(a, b)
    if not found.shared:
        return 0.5 * float(Indel.normalized_similarity(a.joined, b.joined)), "names.partly_alike"
    if a.kind == "person":
        return _persons(a, b, found)
    return _bodies(a, b, found)


def _as_written(a: Reading, b: Reading) -> Verdict:
    """Compare the whole text without spaces, as where a legal form or a particle has grown together with the name."""
    first, second = a.squeezed, b.squeezed
    if first == second and first:
        return 0.97, "names.joined_or_split"
    if len(a.words) == len(b.words) or a.numbers != b.numbers or a.bears_no_slip or b.bears_no_slip:
        # As many words were compared one by one already.
        return NOT_ALIKE
    if min(len(first), len(second)) < _LONG_ENOUGH:
        return NOT_ALIKE
    if OSA.distance(first, second, score_cutoff=1) > 1:
        return NOT_ALIKE
    return 1 - 0.3 / _MOST_EDITS, "names.spelling_differs"


def _spelling(found: Alignment) -> float:
    """Return 1 for no wrong letter, 0.7 for as many as a name of that length may bear."""
    if not found.cost:
        return 1.0
    budget = min(found.letters / _LETTERS_PER_EDIT, _MOST_EDITS)
    return max(1 - 0.3 * found.cost / budget, 0.0) if budget else 0.0


def _weigh(words: tuple[Word, ...], places: list[int]) -> tuple[float, float]:
    """Return what the words at these places weigh together, and the heaviest of them."""
    together = heaviest = 0.0
    for place in places:
        weight = words[place].weight
        together += weight
        if weight > heaviest:
            heaviest = weight
    return together, heaviest


def _persons(a: Reading, b: Reading, found: Alignment) -> Verdict:
    left_a, heaviest_a = _weigh(a.words, found.left_a)
    left_b, heaviest_b = _weigh(b.words, found.left_b)
    rest = max(left_a, left_b)
    cover = found.shared / (found.shared + rest)
    score = _spelling(found) * (1 - 0.9 * (1 - cover) ** 1.9)
    if heaviest_a >= FAINT <= heaviest_b:
        # Each name has a word that says something, where the other has another: nearly all do.
        return min(score, _NO_MATCH) * (0.6 + 0.4 * cover), "names.partly_alike"
    if _is_swapped(a, b, found):
        return min(score, _NO_MATCH), "names.father_and_son_swapped"
    if not found.full_words or (found.shared < ENOUGH and rest >= WEIGHT_OF_FULL_WORD):
        return min(score, _NO_MATCH), "names.partly_alike"
    if found.shared < ENOUGH and rest:
        score = min(score, _DOUBTFUL)
    return _explained(score, a, b, found, rest)


def _is_swapped(a: Reading, b: Reading, found: Alignment) -> bool:
    """Return whether the first name of one is the father's name in the other, so that son and father change places."""
    if (0, 0) in found.pairs:
        return False
    partner = dict(found.pairs)
    partner_of_b = {j: i for i, j in found.pairs}
    first_a, first_b = partner.get(0), partner_of_b.get(0)
    if first_a is None and first_b is None:
        return False
    if first_a in b.fathers or first_b in a.fathers:
        return True
    if first_a is None or first_b is None or len(a.words) != len(b.words) or a.is_inverted or b.is_inverted:
        return False
    if len(a.words) > 2 and partner.get(1) == (first_a + 1) % len(a.words):
        return False
    return all(_is_given(word) for word in (a.words[0], b.words[0], a.words[first_b], b.words[first_a]))


def _is_given(word: Word) -> bool:
    return sounds_of(word)[0] in _GIVEN


def _bodies(a: Reading, b: Reading, found: Alignment) -> Verdict:
    left_a, heaviest_a = _weigh(a.words, found.left_a)
    left_b, heaviest_b = _weigh(b.words, found.left_b)
    rest = max(left_a, left_b)
    score, cover = _spelling(found), found.shared / (found.shared + rest)
    if left_a and left_b:
        return min(score, _NO_MATCH) * (0.4 + 0.6 * cover), "names.partly_alike"
    contradiction = _contradiction(a, b)
    if contradiction is not None:
        return min(score * cover, contradiction[0]), contradiction[1]
    if found.is_acronym:
        return min(score, 0.75), "names.acronym"
    if max(heaviest_a, heaviest_b) >= WEIGHT_OF_FULL_WORD:
        return min(score, _NO_MATCH) * (0.5 + 0.5 * cover), "names.partly_alike"
    return _explained(score * (1 - 0.8 * (1 - cover)), a, b, found, rest)


def _contradiction(a: Reading, b: Reading) -> Verdict | None:
    """Return what a name scores at most whose words agree, but whose number, branch or legal form does not."""
    if a.numbers != b.numbers and a.numbers and b.numbers:
        return 0.6, "names.numeral_differs"
    if a.numbers != b.numbers and (a.numbers or b.numbers) != (1,):
        return 0.75 if a.kind == "vessel" else 0.68, "names.numeral_missing"
    if a.remark and b.remark and a.remark.isdisjoint(b.remark):
        return 0.6, "names.branch_differs"
    if a.legal_forms and b.legal_forms and a.legal_forms.isdisjoint(b.legal_forms):
        return 0.68, "names.legal_forms_contradict"
    return None


_place_in_b = itemgetter(1)


def _explained(score: float, a: Reading, b: Reading, found: Alignment, rest: float) -> Verdict:
    in_order = sorted(found.pairs)
    reordered = in_order != sorted(in_order, key=_place_in_b)
    score -= 0.02 * reordered + 0.01 * bool(found.joins)
    return score, _rule(a, b, found, rest, reordered=reordered)


def _rule(a: Reading, b: Reading, found: Alignment, rest: float, *, reordered: bool) -> str:
    if found.initials:
        return "names.initials"
    if rest >= 0.2:
        return "names.parts_missing"
    if found.has_short_form:
        return "names.short_form"
    if 0 < found.cost <= SAME_SOUND_ACROSS_SCRIPTS * len(found.pairs) and a.script != b.script:
        return "names.same_after_transliteration"
    if found.cost:
        return "names.spelling_differs" if found.cost >= 1 else "names.sounds_alike"
    if reordered:
        return "names.tokens_in_other_order"
    if found.joins:
        return "names.joined_or_split"
    if a.legal_forms != b.legal_forms:
        return "names.legal_form_differs"
    return "names.same_after_transliteration"
