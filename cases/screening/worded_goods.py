"""What plain words of a description say of goods whose category nobody recorded; words hint, they never rule out.

English, French, Spanish, Arabic and some Russian, as officers write; nothing here reads a sentence.
"""

import re
import unicodedata
from functools import lru_cache

# Weapons and their kinds, in the order in which they are told.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "small_arm",
        r"kalas[hc]h?nikovs?|\bak[- ]?(47|74|10\d|12|15|m|ms)?s?\b|\bakms?u?\b|\brifles?\b"
        r"|\bcarbines?\b|\bcarabin(e|a)s?\b|\bpistols?\b|\brevolvers?\b|\bhand ?guns?\b|\bshot ?guns?\b"
        r"|\bsub-?machine[- ]?guns?\b|\buzis?\b|\bglocks?\b|\bm-?(4|16)s?\b|\bg-?3s?\b|\bfn fals?\b"
        r"|\bfusil(s|es)?\b|\bpistolets?\b|\bpistolas?\b|\bescopetas?\b|\bsubfusil(es)?\b"
        r"|كلاشينكوف|كلاشنكوف|كلاشينكوڤ|بندقية|بنادق|مسدس|калашников|винтовк|автомат[аы]?\b|пистолет",
    ),
    (
        "light_weapon",
        r"\brpg-?\d*s?\b|\bgrenade launchers?\b|\brocket launchers?\b|\bmortars?\b|\bmachine[- ]?guns?\b|\bpkms?\b"
        r"|\brpks?\b|\bdshks?\b|\brecoilless\b|\banti-?materiel\b|\blance[- ](roquettes|grenades)\b|\bmitrailleuses?\b"
        r"|\bmortiers?\b|\bmorteros?\b|\bametralladoras?\b|\blanza(granadas|cohetes)\b"
        r"|رشاش|هاون|قاذف|ар пи джи|пулемет|миномет|гранатомет",
    ),
    (
        "ammunition",
        r"\bammo\b|\bammunitions?\b|\bcartridges?\b|\brounds?\b|\bbullets?\b|\bshells\b|\bmunitions?\b|\bcartouches?\b"
        r"|\bballes de\b|\bobus\b|\bmunicion(es)?\b|\bcartuchos?\b|\bproyectiles\b|\bbalas\b"
        r"|ذخيرة|ذخائر|رصاص|خراطيش|طلقات|طلقة|патрон|боеприпас|снаряд",
    ),
    ("grenade", r"\b(hand )?grenades?\b(?! launcher)|\bgranadas?\b|قنبلة يدوية|قنابل يدوية|граната|гранат[ыа]?\b"),
    (
        "mine",
        r"\bland ?mines?\b|\banti-?(personnel|tank|vehicle|personal|personne)s?[- ]mines?\b"
        r"|\b(naval|sea) mines?\b|\bmines? (anti|terrestres?)|\bminas? anti|ألغام|لغم",
    ),
    (
        "missile",
        r"\bmissiles?\b|\bmanpads?\b|\brockets?\b(?! (propelled|launcher))|\broquettes?\b|\bmisil(es)?\b|\bcohetes?\b"
        r"|صواريخ|صاروخ|ракет",
    ),
    (
        "artillery",
        r"\bhowitzers?\b|\bartillery\b|\bartillerie\b|\bartilleria\b|\bobusiers?\b|\bcanons?\b"
        r"|مدفع|مدافع|гаубиц",
    ),
    (
        "battle_tank",
        r"\bbattle tanks?\b|\bt-?(54|55|62|64|72|80|90)s?\b|\bchars? de combat\b"
        r"|\btanques? de (combate|guerra)\b|دبابة|دبابات",
    ),
    (
        "armoured_vehicle",
        r"\barmou?red (personnel|vehicles?|cars?|combat|fighting)|\bapcs?\b|\bbtr-?\d+s?\b|\bbmp-?\d*s?\b"
        r"|\bvehicules? blindes?\b|\bvehiculos? blindados?\b|\bblindes\b|مدرعة|مدرعات|бронетранспорт",
    ),
    (
        "combat_aircraft",
        r"\bfighter (jets?|aircraft)|\bmig-?\d\d|\bsu-?\d\d\b|\bbombers?\b|\bavions? de (chasse|combat)",
    ),
    ("attack_helicopter", r"\battack helicopters?\b|\bmi-?(24|28|35)\b|\bhelicopteres? de combat\b"),
    (
        "uav",
        r"\bdrones?\b|\buavs?\b|\bunmanned aerial|\bvehiculos? aereos? no tripulados?"
        r"|طائرة مسيرة|طائرات مسيرة|беспилотн",
    ),
    ("explosive", r"\bexplosives?\b|\bexplosifs?\b|\bexplosivos?\b|\bdynamite\b|\btnt\b|\bsemtex\b|متفجرات|взрывчат"),
    ("arms_unspecified", r"\bweapons?\b|\barms\b(?! (of|for)\b)|\bfirearms?\b|\barmes?\b|\barmas?\b|أسلحة|سلاح|оружи"),
)


def _plain(text: str) -> str:
    """Return the text in lower case with every accent and hamza left off."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_PATTERNS = tuple((category, re.compile(_plain(words))) for category, words in _WORDS)
# "Rifle ammunition" is ammunition; "rifles and ammunition" is both.
_JOINED = re.compile(r"\b(and|with|plus|et|avec|y|con)\b|[,;+&/]|\bو|\bи\b")
# Toys, tools and clothing that borrow the words.
_NOT_ARMS = re.compile(
    r"\b(toys?|jouets?|juguetes?|water pistols?|paintball|airsoft|(nail|glue|spray|massage|staple|heat) guns?"
    r"|(toner|ink|printer|filter|gas) cartridges?|cartouches? d.encre|bullet points?|mineral water)\b"
)
_PROTECTIVE = re.compile(
    r"\b(body armou?r|bullet-?proof|ballistic (vests?|helmets?|plates?)|flak (jackets?|vests?)|gilets? pare-balles"
    r"|chalecos? antibalas|military helmets?)\b|سترة واقية|سترات واقية|бронежилет"
)


@lru_cache(maxsize=16_384)
def categories_named(description: str) -> tuple[str, ...]:
    """Return the categories of arms that the words of a description name, in a fixed order; empty where none does."""
    text = _plain(description)
    if _NOT_ARMS.search(text):
        return ()
    named = tuple(category for category, words in _PATTERNS if words.search(text))
    if "ammunition" in named and len(named) > 1 and not _JOINED.search(text):
        return ("ammunition",)
    if named:
        return named
    return ("protective_equipment",) if _PROTECTIVE.search(text) else ()
