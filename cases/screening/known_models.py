"""Well-known makes and models with the calibres and kinds they are made in; what is not here is passed over.

The pairs are those of the makers' own data and of service manuals. Conversions, licence copies and misreadings exist,
so a pair that does not fit is a reason to look again, never a finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SMALL, LIGHT, HEAVY = frozenset({"small_arm"}), frozenset({"small_arm", "light_weapon"}), frozenset({"artillery"})
# A recorded category that says which weapon it is; "arms", parts and ammunition leave that open.
WEAPONS = frozenset({"small_arm", "light_weapon", "artillery", "missile", "mine", "grenade", "battle_tank", "uav"})


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model: how it is written, the calibres it is made in, its kinds, and its maker where there is but one."""

    pattern: re.Pattern[str]
    calibres: tuple[str, ...]
    kinds: frozenset[str]
    maker: str | None
    shares_name: bool  # other things than arms of these kinds bear the name


def _model(
    pattern: str, calibres: str, kinds: frozenset[str], maker: str | None = None, *, shares_name: bool = False
) -> KnownModel:
    compiled = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    return KnownModel(compiled, tuple(calibres.split()), kinds, maker, shares_name)


# The first that fits decides: variants in another calibre stand before the pattern they derive from.
MODELS = (
    _model(r"aks?u?-?74\w{0,2}|ak-?105|rpk-?74|ak-?12", "5.45x39", LIGHT),
    _model(r"ak-?10[12]", "5.56x45", SMALL),
    _model(r"ak-?47s?|akms?u?|ak-?10[34]|ak-?15|zastava m-?70\w{0,2}|amd-?65|mpi-?kms?", "7.62x39", SMALL),
    _model(r"rpk|rpd", "7.62x39", LIGHT),
    _model(r"sks", "7.62x39", SMALL),
    _model(r"pkm?s?|pkt|sg-?43|sgm", "7.62x54R", LIGHT),
    _model(r"svd|dragunov|psl|mosin(-nagant)?", "7.62x54R", SMALL),
    _model(r"dshkm?|nsv|kord|w-?85", "12.7x108", LIGHT),
    _model(r"kpvt?|zpu-?[124]", "14.5x114", LIGHT | HEAVY),
    _model(r"browning m2(hb)?|m2hb|barrett m-?(82|107)\w{0,2}|m-?82a\d|am-?50", "12.7x99", LIGHT),
    _model(r"glock ?(17|18|19|26|34)\w{0,2}", "9x19", SMALL, "glock"),
    _model(r"makarov( pm)?", "9x18", SMALL),
    _model(r"tt-?33|tokarev", "7.62x25", SMALL),
    _model(r"beretta 92\w{0,2}|m-?92fs", "9x19", SMALL),
    _model(r"(browning )?hi-?power", "9x19 10x22", SMALL),
    _model(r"cz-? ?75\w?", "9x19 10x22", SMALL),
    _model(r"uzi", "9x19 11.43x23", SMALL),
    _model(r"mp-?5\w{0,3}", "9x19 10x22 10x25", SMALL),
    _model(r"ppsh(-?41)?", "7.62x25", SMALL),
    _model(r"sten|mat-?49|sterling", "9x19", SMALL),
    _model(r"(fn )?fal|l1a1|g-?3(a\d)?", "7.62x51", SMALL),
    _model(r"(fn )?mag(-?58)?|mg-?3|m-?60e\d|m-?240\w?", "7.62x51", LIGHT),
    # The M16 and M4 are also mines; a record of those is about something else.
    _model(r"m-?16(a\d)?|m-?4(a1)?", "5.56x45", SMALL, shares_name=True),
    _model(r"fnc|g-?36\w?|famas|hk-?416", "5.56x45", SMALL),
    _model(r"(steyr )?aug", "5.56x45 9x19", SMALL),
    _model(r"galil\w{0,3}", "5.56x45 7.62x51", SMALL),
    _model(r"minimi|m-?249", "5.56x45 7.62x51", LIGHT),
    _model(r"vss|as val", "9x39", SMALL),
    _model(r"lee[- ]enfield", "7.7x56R 7.62x51", SMALL),
    _model(r"kar ?98k?|k-?98k?", "7.92x57 7.62x51 7.62x63", SMALL),
    _model(r"garand", "7.62x63 7.62x51", SMALL),
    _model(r"mas-?36", "7.5x54", SMALL),
    _model(r"ags-?17", "30x29", LIGHT),
    _model(r"mk-? ?19", "40x53", LIGHT),
    # A launcher of 40 mm, whose rounds are of 40 to 105 mm.
    _model(r"rpg-?7\w?", "40 70 72 75 80 85 93 105", LIGHT),
    _model(r"spg-?9\w?", "73", LIGHT),
    _model(r"zu-?23(-?2)?", "23x152", LIGHT | HEAVY),
    _model(r"d-?30\w?|bm-?21|grad", "122", HEAVY),
)
_NAMED_CALIBRES = (
    (re.compile(r"9.{0,4}(para|luger)|parabellum", re.IGNORECASE), "9x19"),
    (re.compile(r"9.{0,4}makarov", re.IGNORECASE), "9x18"),
    (re.compile(r"5[.,]56.{0,4}nato|\.223", re.IGNORECASE), "5.56x45"),
    (re.compile(r"7[.,]62.{0,4}nato|\.308", re.IGNORECASE), "7.62x51"),
    (re.compile(r"\.50 ?(bmg|browning)", re.IGNORECASE), "12.7x99"),
    (re.compile(r"\.45 ?acp", re.IGNORECASE), "11.43x23"),
    (re.compile(r"\.40 ?s&w", re.IGNORECASE), "10x22"),
    (re.compile(r"\.303", re.IGNORECASE), "7.7x56R"),
    (re.compile(r"\.30-06", re.IGNORECASE), "7.62x63"),
)
_METRIC = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:mm)?(?:\s*[x×*]\s*(\d{2,3})\s*(?:mm)?\s*(r\b)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Misfit:
    """What a record says of a model that is not usual for it."""

    model: str
    usual: str
    stated: str


@lru_cache(maxsize=8192)
def misfit(make: str, model: str, calibre: str, category: str) -> Misfit | None:
    """Return what does not go together, as calibre, kind or maker; None where all fits or the model is not known."""
    known = next((entry for entry in MODELS if entry.pattern.search(f"{make} {model}")), None) if model else None
    if known is None or (known.shares_name and category not in known.kinds):
        return None
    return next(_misfits(known, make, model, calibre, category), None)


def _misfits(known: KnownModel, make: str, model: str, calibre: str, category: str) -> Iterator[Misfit]:
    stated = calibre_of(calibre)
    if stated is not None and not any(_same(stated, usual) for usual in known.calibres):
        yield Misfit(model, ", ".join(known.calibres), calibre)
    if category in WEAPONS and category not in known.kinds:
        yield Misfit(model, ", ".join(sorted(known.kinds)), category)
    if known.maker is not None and make and known.maker not in make.lower():
        yield Misfit(model, known.maker.capitalize(), make)


def calibre_of(text: str) -> str | None:
    """Return a calibre in one form, "7.62x39", or its bore alone, "7.62"; None where none can be read."""
    named = next((calibre for words, calibre in _NAMED_CALIBRES if words.search(text)), None)
    if named is not None:
        return named
    found = _METRIC.search(text) if not text.lstrip().startswith(".") else None
    if found is None:
        return None
    bore = f"{float(found[1].replace(',', '.')):g}"
    return f"{bore}x{found[2]}{'R' if found[3] else ''}" if found[2] else bore


def _same(stated: str, usual: str) -> bool:
    """Whether two calibres agree as far as both are told; a rim left out by the writer is no difference."""
    if "x" not in stated or "x" not in usual:
        return stated.partition("x")[0] == usual.partition("x")[0]
    return stated.rstrip("R") == usual.rstrip("R")
