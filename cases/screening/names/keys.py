"""Short keys that words share when one may be the other misspelt: what an index looks words up by."""

from itertools import combinations

from cases.screening.names.words import Word, most_edits, sounds_of

# Up to this length letters are left out in turn; from the other on, signs of the skeleton. Between, both are.
_MOST_LETTERS = 8
_LEAST_LETTERS_FOR_SKELETON = 6
_LETTERS_OF_END = 4
# With fewer signs than this, two left out would leave too little to tell words apart.
_SIGNS_TO_SPARE = 5


def keys_of(word: Word) -> frozenset[str]:
    """Return the keys of a word; two words that may be one share a key, but for rare exceptions."""
    letters, skeleton = sounds_of(word)
    keys = {f"={group}" for group in word.same_names or ()}
    if len(letters) <= _MOST_LETTERS:
        keys.add(f"-{letters}")
        keys.update([f"-{left}" for left in _without_signs(letters, 1)])
        if most_edits(len(word.text)) > 1:
            keys.update([f"-{left}" for left in _without_signs(letters, 2)])
    if len(letters) >= _LEAST_LETTERS_FOR_SKELETON:
        keys.update([f"+{left}" for left in _without_signs(skeleton, 1)])
        if len(skeleton) >= _SIGNS_TO_SPARE:
            keys.update([f"+{left}" for left in _without_signs(skeleton, 2)])
    keys.update((key_by_sound(word), *_ends(letters)))
    return frozenset(keys)


def keys_of_whole(word: Word) -> frozenset[str]:
    """Return the keys of a name written as one word: one sound more or less in it is all that is looked for."""
    letters, skeleton = sounds_of(word)
    by_sound = (f"+{left}" for left in _without_signs(skeleton, 1))
    return frozenset((key_by_sound(word), *by_sound, *_ends(letters)))


def key_by_sound(word: Word) -> str:
    """Return the key that words of one sound share."""
    return f"+{sounds_of(word)[1]}"


def key_across_scripts(word: Word) -> str:
    """Return the key under which a word is found from another script."""
    return "~" + sounds_of(word)[1].removeprefix("a").replace("t", "s").replace("r", "l")


def _ends(letters: str) -> tuple[str, ...]:
    """Return the two ends of a long word: one slip leaves at least one of them as it is."""
    if len(letters) < _MOST_LETTERS:
        return ()
    return f"^{letters[:_LETTERS_OF_END]}", f"${letters[-_LETTERS_OF_END:]}"


def _without_signs(text: str, count: int) -> set[str]:
    if len(text) <= count:
        return set()
    return set(map("".join, combinations(text, len(text) - count)))
