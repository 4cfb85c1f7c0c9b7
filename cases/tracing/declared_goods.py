"""What was declared of the goods against what was found: weight, heading, words, origin and destination."""

from collections.abc import Iterator
from typing import Final

from cases.choices import ClaimSource, ClaimSubject
from cases.intake.incident import Consignment, DraftSubmission, Item, Route
from cases.screening.coded_goods import customs_heading
from cases.screening.rules.goods import ARMS, NEVER_ARMS
from cases.screening.worded_goods import categories_named
from cases.tracing.mismatches import Inquiry, Mismatch, Result, Side, Sureness, ask, is_former, known_country, words

# Scales, packing and moisture make so much; above it somebody has to explain.
TOLERANCE_PERCENT: Final = 10
CHAPTER: Final = 2
HEADING: Final = 4
# Declared under these, goods may be civil or military.
_OPEN_HEADINGS: Final = frozenset({"dual_use", "arms_unspecified", "protective_equipment", "communications", "optics"})
# The first letter that no word list of the engine reads: Greek, Latin, Cyrillic, Hebrew and Arabic lie below.
_UNREAD_FROM: Final = "\u0780"


def goods_results(record: DraftSubmission) -> Iterator[Result]:
    """Yield what does not go together between the declaration and the goods, and what is missing to tell."""
    declared = record.consignment or Consignment()
    if not record.items or declared == Consignment():
        yield from _route(record.route or Route())
        return
    yield from _weight(declared)
    yield from _heading(declared, record.items)
    yield from _words(declared, record.items)
    yield from _route(record.route or Route())
    for index, item in enumerate(record.items):
        if item.category is None:
            yield ask("category", f"items[{index}].category", line=index + 1)


def arms_found(items: tuple[Item, ...]) -> tuple[int, ...]:
    """Return the places of the items that are stated to be arms."""
    return tuple(index for index, item in enumerate(items) if item.category in ARMS)


def found_sides(items: tuple[Item, ...], indexes: tuple[int, ...]) -> tuple[Side, ...]:
    """Return what those items are stated to be."""
    return tuple(Side(f"items[{index}].category", str(items[index].category)) for index in indexes)


def found_words(items: tuple[Item, ...], indexes: tuple[int, ...]) -> str:
    """Return what those items are stated to be, in words."""
    return words(str(items[index].category) for index in indexes)


def names_no_arms(text: str) -> bool | None:
    """Return whether words for goods name no arms; None where they are in a script that is not read."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or any(letter >= _UNREAD_FROM for letter in letters):
        return None
    return not categories_named(text)


def _weight(declared: Consignment) -> Iterator[Result]:
    stated, weighed = declared.declared_weight_kg, declared.found_weight_kg
    if stated is None:
        if weighed is not None:
            yield ask("declared_weight", "consignment.declared_weight_kg")
    elif weighed is None:
        yield ask("found_weight", "consignment.found_weight_kg")
    elif abs(weighed - stated) * 100 > stated * TOLERANCE_PERCENT:
        yield Mismatch(
            rule="declared.weight",
            params={"declared_kg": stated, "found_kg": weighed, "tolerance_percent": TOLERANCE_PERCENT},
            sides=(Side("consignment.declared_weight_kg", stated), Side("consignment.found_weight_kg", weighed)),
            sureness=Sureness.CERTAIN,
        )


def _heading(declared: Consignment, items: tuple[Item, ...]) -> Iterator[Result]:
    code = declared.declared_hs
    if code is None:
        yield ask("declared_heading", "consignment.declared_hs")
        return
    side = Side("consignment.declared_hs", code)
    others, near = [], []
    for index, item in enumerate(items):
        if item.hs_code is None:
            continue
        if item.hs_code[:CHAPTER] != code[:CHAPTER]:
            others.append(index)
        elif min(len(item.hs_code), len(code)) >= HEADING and item.hs_code[:HEADING] != code[:HEADING]:
            near.append(index)
    for rule, indexes, length in (("declared.hs_chapter", others, CHAPTER), ("declared.hs_heading", near, HEADING)):
        if indexes:
            found = ", ".join(sorted({str(items[index].hs_code)[:length] for index in indexes}))
            yield Mismatch(
                rule=rule,
                params={"declared": code, "found": found},
                sides=(side, *(Side(f"items[{index}].hs_code", str(items[index].hs_code)) for index in indexes)),
                sureness=Sureness.CERTAIN,
                items=tuple(indexes),
            )
    yield from _what_heading_holds(code, side, items)


def _what_heading_holds(code: str, side: Side, items: tuple[Item, ...]) -> Iterator[Result]:
    # Without the words beside it: they are weighed by themselves, and an unknown word must not turn the answer.
    coded, arms = customs_heading(code, ""), arms_found(items)
    if coded is None or not arms:
        return
    if coded.category in NEVER_ARMS:
        yield Mismatch(
            rule="declared.hs_no_arms",
            params={"declared": code, "found": found_words(items, arms)},
            sides=(side, *found_sides(items, arms)),
            sureness=Sureness.CERTAIN,
            items=arms,
        )
    elif coded.category in _OPEN_HEADINGS and not code.startswith("93"):
        yield ask("heading_holds_both", "consignment.declared_description", declared=code)


def _words(declared: Consignment, items: tuple[Item, ...]) -> Iterator[Result]:
    text, arms = declared.declared_description, arms_found(items)
    if text is None:
        yield ask("declared_words", "consignment.declared_description")
        return
    side = Side("consignment.declared_description", text)
    without = names_no_arms(text)
    if not arms:
        return
    found = found_words(items, arms)
    if without is None:
        yield ask("declared_words_unread", side.fact, declared=text)
    elif without:
        yield Mismatch(
            rule="declared.words_no_arms",
            params={"declared": text, "found": found},
            sides=(side, *found_sides(items, arms)),
            sureness=Sureness.LIKELY,
            items=arms,
        )
    else:
        yield from _other_arms(side, text, items, arms)


def _other_arms(side: Side, text: str, items: tuple[Item, ...], arms: tuple[int, ...]) -> Iterator[Inquiry]:
    """Words hint: that arms of another kind were found than those named is asked, not said."""
    named = set(categories_named(text))
    if "arms_unspecified" not in named and any(items[index].category not in named for index in arms):
        yield ask("other_arms_declared", side.fact, declared=words(named), found=found_words(items, arms))


def _route(route: Route) -> Iterator[Mismatch]:
    stated = {ClaimSubject.DESTINATION: route.destination, ClaimSubject.ORIGIN: route.origin}
    for position, claim in enumerate(route.claims):
        if claim.by != ClaimSource.DOCUMENTS or claim.what not in stated:
            continue
        declared, found = known_country(claim.country), known_country(stated[claim.what])
        if declared and found and declared != found and not is_former(declared, found):
            yield Mismatch(
                rule=f"declared.{claim.what.value}",
                params={"declared": declared, "stated": found},
                sides=(Side(f"route.claims[{position}].country", declared), Side(f"route.{claim.what.value}", found)),
                sureness=Sureness.CERTAIN,
            )
