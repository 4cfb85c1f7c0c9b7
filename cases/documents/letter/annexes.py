"""The annexes: why each measure is concerned, which were considered, what the screening rests on, what is withheld."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.exhibits import Pictures, add_custody, add_photographs, photographs_in
from cases.documents.letter.incidents import Told, of_incident, under_each
from cases.documents.letter.measures import amendments
from cases.documents.letter.reasons import reason_text
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.tracing.completeness import REMEDIES, MissingElement
from cases.tracing.content import MeasureEngaged, ReferralContent
from cases.tracing.template_packs import ANNEXES, leaves_out


def add_annexes(
    content: ReferralContent,
    pictures: Pictures,
    missing: Sequence[MissingElement],
    wording: Wording,
    letter: Paragraphs,
) -> None:
    """Add the annexes that have something to say; a draft ends with what it still lacks."""
    parts = content.by_incident()
    titles = (wording.say("Annex {number}", number=wording.ordinal(index)) for index in count(1))
    for name in _order(content):
        if not any(_HELD[name](part) for part in parts):
            continue
        if name == "photographs":
            letter.annex(next(titles), wording.say("Photographs"))
            add_photographs(content, pictures, wording, letter)
        elif name == "custody":
            letter.annex(next(titles), wording.say("Chain of custody"))
            add_custody(content, wording, letter)
        elif name == "rationale":
            _add_rationale(content, next(titles), wording, letter)
        elif name == "considered":
            _add_considered(content, next(titles), wording, letter)
    if content.withheld or any(part.versions for part in parts):
        letter.annex(next(titles), wording.say("Data versions and what is withheld"))
        _add_versions(content, wording, letter)
        _add_withheld(content, wording, letter)
    if missing:
        letter.annex(next(titles), wording.say("Not to be sent: what this draft still lacks"))
        letter.points(of_incident(content, element.part, _lacking(element, wording), wording) for element in missing)


# What each annex shows of an incident, where there is anything.
_HELD: Final[Mapping[str, Told]] = {
    "photographs": photographs_in,
    "custody": lambda part: part.custody,
    "rationale": lambda part: part.measures,
    "considered": lambda part: part.considered,
}


def _order(content: ReferralContent) -> Iterator[str]:
    """Yield the annexes as the template pack has them; those that it does not name follow in the usual order."""
    first = content.template_pack.annexes if content.template_pack else ()
    return (name for name in dict.fromkeys((*first, *ANNEXES)) if not leaves_out(content, name))


def _add_rationale(content: ReferralContent, title: str, wording: Wording, letter: Paragraphs) -> None:
    letter.annex(title, wording.say("Screening rationale"))
    letter.plain(
        wording.say(
            "For each measure, the conditions it sets, whether the facts meet them, and the fact each rests on. The "
            "screening is done by rule from the facts recorded; a person has to weigh it."
        )
    )
    for part in under_each(content, wording, letter, _HELD["rationale"]):
        for measure in part.measures:
            _add_conditions(measure, wording, letter)


def _add_conditions(measure: MeasureEngaged, wording: Wording, letter: Paragraphs) -> None:
    cited = phrases.paragraph_of(wording, measure.resolution, measure.paragraph, verified=measure.paragraph_verified)
    outcome = label(wording, "outcome", measure.outcome)
    letter.subheading(f"{phrases.sentence_case(cited)} — {outcome}")
    letter.note(f"{phrases.regime(wording, measure.regime_name)} · {printable(measure.measure)}")
    if measure.amended_by:
        letter.note(wording.say("Later resolutions: {list}.", list=wording.strung(amendments(measure, wording))))
    letter.table(
        [wording.say("Condition"), wording.say("Met"), wording.say("Reason"), wording.say("Fact")],
        [0.15, 0.12, 0.43, 0.30],
        list(_conditions(measure, wording)),
    )


def _conditions(measure: MeasureEngaged, wording: Wording) -> Iterator[tuple[str, str, str, str]]:
    for reason in measure.rationale:
        yield (
            label(wording, "condition", reason.condition) or "",
            label(wording, "answer", reason.satisfied) or "",
            reason_text(wording, reason.rule, dict(reason.params), reason.text),
            printable(reason.fact) if reason.fact else "–",
        )


def _add_considered(content: ReferralContent, title: str, wording: Wording, letter: Paragraphs) -> None:
    letter.annex(title, wording.say("Measures considered and not indicated"))
    for part in under_each(content, wording, letter, _HELD["considered"]):
        letter.table(
            [wording.say("Measure"), wording.say("Why it is not indicated")],
            [0.45, 0.55],
            [
                (
                    f"{phrases.regime(wording, entry.regime_name)}\n{printable(entry.measure)}",
                    reason_text(wording, entry.rule, dict(entry.params), entry.text),
                )
                for entry in part.considered
            ],
        )


def _add_versions(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    parts = content.by_incident()
    if any(part.versions for part in parts):
        letter.subheading(wording.say("Versions of the data that the screening rests on"))
    # Where all of it rests on the same, that stands once.
    is_same = len({part.versions for part in parts}) == 1
    for part in (content,) if is_same else under_each(content, wording, letter, lambda part: part.versions):
        if part.versions:
            _add_table_of_versions(part, wording, letter)


def _add_table_of_versions(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    letter.table(
        [wording.say("Data"), wording.say("Version"), wording.say("Digest")],
        [0.24, 0.2, 0.56],
        [
            (
                label(wording, "version", version.name) or "",
                phrases.known(wording, version.version),
                printable(version.digest) if version.digest else "–",
            )
            for version in content.versions
        ],
    )


def _add_withheld(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    letter.subheading(wording.say("Withheld from this document"))
    if not content.withheld:
        letter.plain(wording.say("Nothing is withheld."))
        return
    letter.points(
        f"{label(wording, 'withheld', entry.what)} — {label(wording, 'why_withheld', entry.why)}"
        for entry in content.withheld
    )


def _lacking(element: MissingElement, wording: Wording) -> str:
    remedy = wording.say(REMEDIES[element.sentence], **{name: printable(str(value)) for name, value in element.params})
    return f"{remedy} ({element.paragraph})" if element.paragraph else remedy
