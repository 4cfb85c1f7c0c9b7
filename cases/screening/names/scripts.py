"""Names of any script in plain lower-case Latin letters, with the vowels that each script writes."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from anyascii import anyascii

# Arabic and Persian letters, where the general tables drop the long vowels that a comparison needs.
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "ى": "a",
    "ء": "", "ئ": "i", "ؤ": "u", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ې": "i", "ی": "i", "ي": "i", "و": "u",
    "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "sh", "ځ": "z", "څ": "s", "ڼ": "n", "ں": "n", "ہ": "h", "ھ": "h", "ے": "i",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ۀ": "a", "ە": "a", "ڤ": "v", "ێ": "i", "ۆ": "u", "ڵ": "l", "ڕ": "r",
    "\u0640": "", "\u200c": "",
}  # fmt: skip
# Surnames that Koreans write in Latin letters unlike the syllable sounds alone.
_KOREAN_SURNAMES = {
    "이": "ri ",
    "리": "ri ",
    "박": "pak ",
    "김": "kim ",
    "임": "rim ",
    "우": "u ",
    "노": "ro ",
    "유": "yu ",
}

_BEFORE_H = frozenset("sktdgzcp")
# With the article and without.
_OPENING_H = frozenset(["h", "al h"])
_ARABIC_LETTERS = r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff\u200c"
_HAN_SIGNS = r"\u3400-\u9fff\U00020000-\U0002ffff"
_HANGUL_SIGNS = r"\uac00-\ud7a3"
_ARABIC_WORD = re.compile(f"[{_ARABIC_LETTERS}]+")
_HAN = re.compile(f"[{_HAN_SIGNS}]+")
_HANGUL = re.compile(f"[{_HANGUL_SIGNS}]+")
# Any of the three: they are not written letter by letter.
_NOT_BY_LETTER = re.compile(f"[{_ARABIC_LETTERS}{_HAN_SIGNS}{_HANGUL_SIGNS}]")
_WITHOUT_VOWELS = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufeff\u0e00-\u0eff\u1780-\u17ff]")
# The dot that parts the words of a foreign name written in Chinese or Japanese.
_DOTS = frozenset("·・•‧")
_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9f\U00020000-\U0002ffff]")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]")
# Quotation marks that stand for a glottal stop or a soft sign inside a word: they part no words.
APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´ʿʾ′ʹ\u02bf\u02be")


# The tables of the signs, and below of the alphabets, are read with the program, not while the first name waits.
anyascii("".join(map(chr, (*range(0x4E00, 0xA000, 0x100), *range(0xAC00, 0xD800, 0x100)))))


class _Letters(dict[int, str]):
    """What each letter or sign met so far is in Latin letters."""

    def __missing__(self, code: int) -> str:
        if text := anyascii(chr(code)).translate(APOSTROPHES):
            self[code] = text
        return text


_LETTERS = _Letters()
for _letter in "éāωйאբहกაአខアー’":
    _first = ord(_letter) & ~0xFF
    _ = [_LETTERS[_code] for _code in range(_first, _first + 0x100)]


class Script(IntEnum):
    """What a script keeps of the sounds of a name."""

    ALPHABET = 0
    # Vowels are mostly left out.
    CONSONANTS = 1
    # A sign for each syllable: one sign more is another name.
    SIGNS = 2
    # Signs or syllables that render a foreign name, without telling l from r.
    FOREIGN_IN_SIGNS = 3


def latin(text: str) -> str:
    """Return the text in Latin letters without accents, its case kept where the script has one."""
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    return _transliterated(text)


@lru_cache(maxsize=1 << 16)
def _transliterated(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    if not _NOT_BY_LETTER.search(composed):
        return composed.translate(_LETTERS)
    composed = composed.translate(APOSTROPHES)
    if _ARABIC_WORD.search(composed):
        composed = _ARABIC_WORD.sub(lambda found: _arabic(found.group()), _MARKS.sub("", composed))
    if _HANGUL.search(composed):
        composed = _HANGUL.sub(lambda found: f" {_korean(found.group())} ", composed)
    if _HAN.search(composed):
        render = _chinese if _DOTS.isdisjoint(composed) else _joined
        composed = _HAN.sub(lambda found: f" {render(found.group())} ", composed)
    return composed.translate(_LETTERS)


def script_of(text: str) -> Script:
    """Return what the script of a name keeps of its sounds; mixed names follow the poorest script in them."""
    if text.isascii():
        return Script.ALPHABET
    if _SIGNS.search(text):
        return Script.FOREIGN_IN_SIGNS if not _DOTS.isdisjoint(text) or _KANA.search(text) else Script.SIGNS
    return Script.CONSONANTS if _WITHOUT_VOWELS.search(text) else Script.ALPHABET


def _arabic(word: str) -> str:
    letters = [_ARABIC.get(letter, "") for letter in word]
    first = {"و": "w", "ي": "y", "ی": "y"}.get(word[0])
    if first is not None:
        letters[0] = first
    if word.startswith("ال") and len(word) > 4:
        letters[:2] = ["al "]
    return _without_false_digraphs(letters)


def _without_false_digraphs(letters: list[str]) -> str:
    """Join letters with a vowel where two would read as one sound: s and h are not sh, nor is hs that opens a name."""
    written = ""
    for letter in letters:
        if (letter[:1] == "h" and written[-1:] in _BEFORE_H) or (letter == "s" and written in _OPENING_H):
            written += "a"
        written += letter
    return written


def _korean(word: str) -> str:
    sounds = [anyascii(syllable).lower() for syllable in word]
    if len(word) in {2, 3, 4}:
        sounds[0] = _KOREAN_SURNAMES.get(word[0], f"{sounds[0]} ")
    return "".join(sounds)


def _joined(word: str) -> str:
    return "".join(anyascii(sign).lower() for sign in word)


def _chinese(word: str) -> str:
    """Family name first, then the given names as one word, as pinyin writes persons."""
    if len(word) in {2, 3}:
        return f"{_joined(word[0])} {_joined(word[1:])}"
    return _joined(word)
