"""The numbered tables of items with their markings, each under the heading of the request it belongs to."""

from collections.abc import Iterator
from itertools import groupby

from cases.choices import MarkingState, ReferralKind
from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Block, Paragraphs
from cases.documents.letter.incidents import under_each
from cases.documents.printable import printable, printable_mark
from cases.documents.wording import Wording, to_say
from cases.tracing.content import Mark, ReferralContent, ReferralItem
from cases.tracing.kinds import kind_of_line

# A mark of more signs gets a row of its own across the table: its column would shrink it past reading.
_LONGEST_MARK_IN_COLUMN = 44
# A row of more text may break over pages; shorter rows stay whole.
_LONGEST_WHOLE_ROW = 900


def add_items(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the items, grouped by the kind of request each line is made under."""
    letter.heading(wording.say("Items"))
    if not content.items:
        letter.numbered(wording.say("No items are listed."))
        return
    letter.numbered(wording.say("Markings are transcribed sign by sign, in fixed-width letters."))
    is_mixed = len(_groups(content)) > 1
    for part in under_each(content, wording, letter, lambda part: part.items):
        for kind, items in _groups(part):
            if is_mixed:
                letter.subheading(label(wording, "kind_of_referral", kind) or "")
            _add_table(items, wording, letter)


def _add_table(items: list[ReferralItem], wording: Wording, letter: Paragraphs) -> None:
    letter.items(
        [wording.say("No."), wording.say("Item"), wording.say("Quantity"), wording.say("Markings")],
        [_row(item, wording) for item in items],
        wording.say("(one marking, continued)"),
    )


def _groups(content: ReferralContent) -> list[tuple[str, list[ReferralItem]]]:
    kinds = [kind_of_line(content.kind, item.category) for item in content.items]
    ordered = sorted(set(kinds), key=lambda kind: (kind != content.kind, kind))
    return [(kind, [item for item, of in zip(content.items, kinds, strict=True) if of == kind]) for kind in ordered]


def _row(item: ReferralItem, wording: Wording) -> Block:
    title = label(wording, "category", item.category) or ""
    if item.subtype:
        title += f" ({label(wording, 'subtype', item.subtype)})"
    details = list(_details(item, wording))
    marks = [mark for mark in item.marks if mark.text]
    wide = [mark for mark in marks if len(mark.text or "") > _LONGEST_MARK_IN_COLUMN]
    return {
        "number": str(item.number),
        "title": title,
        "details": details,
        "quantity": list(_quantity(item, wording)),
        "marks": _grouped([mark for mark in marks if mark not in wide], wording),
        "wide": _grouped(wide, wording),
        "statement": _statement(item, wording) if not marks else None,
        "whole": sum(map(len, details)) + 60 * len(marks) < _LONGEST_WHOLE_ROW,
    }


def _details(item: ReferralItem, wording: Wording) -> Iterator[str]:
    if item.description:
        yield printable(item.description)
    stated = {
        to_say("Make: {value}"): item.make,
        to_say("Model: {value}"): item.model,
        to_say("Calibre: {value}"): item.calibre,
        to_say("Lot: {value}"): item.lot,
    }
    known = [wording.say(sentence, value=printable(value)) for sentence, value in stated.items() if value]
    if known:
        yield ". ".join(known)
    made = [phrases.country(wording, item.country_of_manufacture)] if item.country_of_manufacture else []
    made += [printable(item.year_of_manufacture)] if item.year_of_manufacture else []
    if made:
        yield wording.say("Manufacture as recorded: {value}", value=wording.in_a_row(made))
    imported = [phrases.country(wording, item.import_country)] if item.import_country else []
    imported += [printable(item.import_year)] if item.import_year else []
    if imported:
        yield wording.say("Import mark: {value}", value=wording.in_a_row(imported))
    if item.custody and item.custody != "unknown":
        yield wording.say("Custody: {value}", value=label(wording, "custody", item.custody))
    if unknown := list(_unknown(item, wording)):
        yield wording.say("Not known: {unknowns}.", unknowns=wording.joined(unknown))


def _unknown(item: ReferralItem, wording: Wording) -> Iterator[str]:
    for name, value in (
        (to_say("make"), item.make),
        (to_say("model"), item.model),
        (to_say("calibre"), item.calibre),
        (to_say("country of manufacture"), item.country_of_manufacture),
        (to_say("year of manufacture"), item.year_of_manufacture),
    ):
        if not value:
            yield wording.say(name)


def _quantity(item: ReferralItem, wording: Wording) -> Iterator[str]:
    if item.quantity is not None:
        unit = label(wording, "one_unit" if item.quantity == 1 else "unit", item.unit)
        yield f"{wording.number(item.quantity)} {unit}" if unit else wording.number(item.quantity)
    else:
        yield phrases.not_known(wording)
    if item.quantity_basis:
        yield label(wording, "quantity_basis", item.quantity_basis) or ""
    if item.quantity_text:
        yield wording.say("“{text}”", text=printable(item.quantity_text))


def _grouped(marks: list[Mark], wording: Wording) -> list[Block]:
    """Return the marks, like ones in a row under one heading and one note: a crate of rifles stays readable."""
    described = [((label(wording, "mark", mark.kind) or "", _notes(mark, wording)), mark.text or "") for mark in marks]
    return [
        {"kind": kind, "notes": notes, "texts": [printable_mark(text) for _, text in run]}
        for (kind, notes), run in groupby(described, key=lambda entry: entry[0])
    ]


def _notes(mark: Mark, wording: Wording) -> str:
    notes = [printable(mark.position)] if mark.position else []
    if mark.restored_by:
        notes.append(wording.say("restored by {method}", method=printable(mark.restored_by)))
    elif mark.state and mark.state != MarkingState.UNKNOWN:
        notes.append(label(wording, "marking_state", mark.state) or "")
    said = (label(wording, "method", mark.method), label(wording, "certainty", mark.certainty))
    notes += [words for words in said if words]
    if mark.photo:
        notes.append(wording.say("photograph {reference}", reference=printable(mark.photo)))
    return wording.strung(notes)


def _statement(item: ReferralItem, wording: Wording) -> str:
    if item.marking_state == MarkingState.NEVER_MARKED:
        return wording.say("Never marked.")
    if item.marking_state == MarkingState.OBLITERATED:
        return wording.say("Markings obliterated; none could be transcribed.")
    if item.marking_state in {None, MarkingState.UNKNOWN}:
        return wording.say("No marking transcribed; whether there is one is not known.")
    return wording.say(
        "No marking transcribed; state recorded: {state}.", state=label(wording, "marking_state", item.marking_state)
    )


def papers_table(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the documents found or asked about, where there are any."""
    if not any(part.papers for part in content.by_incident()):
        return
    letter.heading(
        wording.say("Documents asked about")
        if content.kind == ReferralKind.LICENCE_ENQUIRY
        else wording.say("Documents found or shown")
    )
    for part in under_each(content, wording, letter, lambda part: part.papers):
        letter.table(
            [wording.say("Document"), wording.say("End user named"), wording.say("Authenticity")],
            [0.5, 0.3, 0.2],
            [
                (
                    phrases.paper_named(wording, paper, label(wording, "paper", paper.kind) or ""),
                    phrases.known(wording, paper.end_user),
                    label(wording, "authenticity", paper.authenticity) or phrases.not_known(wording),
                )
                for paper in part.papers
            ],
        )
