"""Names of nobody: composed from syllables or counted, so that no real person, company or agency can be meant."""

from cases.generate.draws import Draw, spread


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_HEADS = _words(
    "Ka Te Zu Mo Ri Sha Ba Du Nel Or Va Ju Tam Bel Ghe Lo Sar Ne Po Ki Wen Ful Dra Ho Je Mir Yar Qua Xel Tso "
    "Bro Cal Ein Fa Gor Hi Iv Ker Lum Na Ot Pel Ra Sil"
)
_MIDDLES = _words("ra le mo du ni sha ke bo vi ta zo lu pe ga ri so ne wa ju fi da me ko la")
_TAILS = _words("n k m dal ris vo th sha ron ek im ov al ut eda ari oma ine ush el az o a i")
GIVEN = tuple(f"{head}{tail}" for head in _HEADS for tail in _TAILS)
FAMILY = tuple(
    f"{head}{middle}{tail}" for head in _HEADS for middle in _MIDDLES for tail in _TAILS[:: 3 if len(head) % 2 else 4]
)
_TRADES = ("Trading", "Shipping", "General Supplies", "Logistics", "Metals", "Import-Export", "Marine", "Aviation")
_FORMS = spread((("Ltd", 4), ("LLC", 3), ("SARL", 2), ("GmbH", 1), ("Co.", 4), ("FZE", 2), ("", 6)))
# Companies that bear only a number; the others a word of syllables beside it.
COUNTED = 0.4
_NOUNS = ("Consignee", "Forwarder", "Carrier", "Holder", "Agent", "Depot", "Broker", "Supplier")
_STARS = ("Star", "Pearl", "Wave", "Trader", "Hope", "Spirit", "Queen", "Dawn", "Breeze", "Pioneer")

_CYRILLIC = str.maketrans(
    {
        "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "й", "k": "к",
        "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
        "w": "в", "x": "кс", "y": "ы", "z": "з",
    }
)  # fmt: skip
_ARABIC = str.maketrans(
    {
        "a": "ا", "b": "ب", "c": "ك", "d": "د", "e": "ي", "f": "ف", "g": "غ", "h": "ه", "i": "ي", "j": "ج", "k": "ك",
        "l": "ل", "m": "م", "n": "ن", "o": "و", "p": "ب", "q": "ق", "r": "ر", "s": "س", "t": "ت", "u": "و", "v": "ف",
        "w": "و", "x": "كس", "y": "ي", "z": "ز",
    }
)  # fmt: skip


def person(draw: Draw) -> str:
    """Return a person's name: given and family name, in a few the father's between them."""
    shape = draw.random()
    first, last = draw.one(GIVEN), draw.one(FAMILY)
    if shape < 0.72:
        return f"{first} {last}"
    if shape < 0.86:
        return f"{first} {draw.one(GIVEN)} {last}"
    return f"{first} bin {draw.one(GIVEN)} al-{last}"


def organization(draw: Draw) -> str:
    """Return a company's name that says at first sight that it is made up."""
    first = draw.one(_NOUNS) if draw.random() < COUNTED else draw.one(FAMILY)
    return f"{first} {int(draw.random() * 10_000):04} {draw.one(_TRADES)} {draw.one(_FORMS)}".rstrip()


def vessel(draw: Draw) -> str:
    """Return a ship's name."""
    name = f"{draw.one(GIVEN)} {draw.one(_STARS)}"
    return f"{name} {draw.between(2, 19)}" if draw.random() < 0.3 else name


def original_script(draw: Draw, name: str) -> str:
    """Return the name letter by letter in Cyrillic or Arabic."""
    table, lowered = (_CYRILLIC, False) if draw.random() < 0.5 else (_ARABIC, True)
    text = name.lower().replace("-", " ").translate(table)
    return text if lowered else text.title()


def misspelt(draw: Draw, name: str) -> str:
    """Return the name as somebody else might write it: in other letters, order or with a slip of the pen."""
    return draw.one(_SLIPS)(draw, name)


def _as_it_is(_draw: Draw, name: str) -> str:
    return name


def _upper(_draw: Draw, name: str) -> str:
    return name.upper()


def _joined(_draw: Draw, name: str) -> str:
    return name.replace("-", " ") if "-" in name else name.replace(" ", "-", 1)


def _turned(_draw: Draw, name: str) -> str:
    words = name.split(" ")
    return " ".join([words[-1], *words[:-1]])


def _swapped(draw: Draw, name: str) -> str:
    at = draw.between(1, max(1, len(name) - 3))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _dropped(draw: Draw, name: str) -> str:
    at = draw.between(1, max(1, len(name) - 2))
    return name[:at] + name[at + 1 :] if len(name) > 4 else name


def _doubled(draw: Draw, name: str) -> str:
    at = draw.between(1, max(1, len(name) - 2))
    return name[:at] + name[at] + name[at:] if name[at : at + 1].isalpha() else name


def _respelt(draw: Draw, name: str) -> str:
    old, new = draw.one(_SPELLINGS)
    return name.replace(old, new) if old in name else _dropped(draw, name)


_SPELLINGS = (("i", "ee"), ("u", "ou"), ("k", "q"), ("sh", "ch"), ("o", "u"), ("z", "s"), ("ah", "a"), ("ai", "ay"))
_SLIPS = spread(
    (
        (_as_it_is, 5), (_upper, 3), (_joined, 2), (_turned, 2), (_swapped, 2), (_dropped, 3), (_doubled, 2),
        (_respelt, 4),
    )
)  # fmt: skip
