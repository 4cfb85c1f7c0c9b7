"""The whole page: the rules with their sentences and cases, then the regimes, then what is not verified."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from textwrap import wrap

from backend.rules_page.chapters import CHAPTERS, Chapter
from backend.rules_page.golden import GoldenCase
from backend.rules_page.markdown import NOTHING, days, table
from backend.rules_page.regimes import regime_pages
from backend.rules_page.unverified import unverified
from cases.screening.rulebook import Rulebook
from cases.screening.sentences import QUESTIONS, SENTENCES

LINE_WIDTH = 120
WRITTEN_BY = "<!-- Written by `make rules` from the rules, the golden cases and the regime files. Do not edit. -->"
PREFACE = (
    "Cordon states, for each measure of each arms embargo of the Security Council, whether the recorded facts "
    "*indicate* it, leave it *possible*, rest on a *claimed exemption*, or *do not indicate* it. A person decides what "
    "follows. This page says by which rules, with which published sentences, and on which reading of the resolutions.",
    "**How an outcome comes about.** A measure has five conditions: in force, goods, direction, target, recipient. "
    "Each is yes, no or unknown. One no: not indicated. Otherwise one unknown: possible, naming the unknown and the "
    "question that would settle it. All yes: indicated, or exemption claimed where an exemption is met or shown.",
    "**How to read the tables.** Days are half-open: from the first day up to, not including, the second; an open end "
    "still holds. *In a source* means that somebody read the statement in a published source, which the regime file "
    "names; *unverified* that nobody has yet. A paragraph given without having been read is marked here and in every "
    "result.",
)


def rules_page(rulebook: Rulebook, golden: tuple[GoldenCase, ...]) -> str:
    """Return the page as Markdown."""
    lines = [WRITTEN_BY, "", "# The rules that decide, and the law they read", ""]
    for paragraph in PREFACE:
        lines += _wrapped(paragraph)
    lines += ["## Rules", ""]
    for chapter in CHAPTERS:
        lines += _chapter(chapter, golden)
    lines += _other_sentences()
    lines += ["## Questions", "", *table(("unknown", "question"), ((f"`{n}`", q) for n, q in QUESTIONS.items()))]
    lines += _states(rulebook)
    lines += ["## Regimes", "", f"Rulebook {rulebook.version}, {_counts(rulebook)}.", "", *regime_pages(rulebook)]
    lines += _calls(rulebook)
    lines += _unverified(rulebook)
    return "\n".join(lines).rstrip() + "\n"


def sentences_of(chapter: Chapter) -> tuple[str, ...]:
    """Return the ids of the published sentences that speak for the rule, grouped by file as they are published."""
    return tuple(rule for rule in SENTENCES if any(fnmatchcase(rule, pattern) for pattern in chapter.sentences))


def _wrapped(paragraph: str) -> list[str]:
    return [*wrap(paragraph, LINE_WIDTH), ""]


def _chapter(chapter: Chapter, golden: tuple[GoldenCase, ...]) -> Iterator[str]:
    yield from (f"### {chapter.id} {chapter.title}", "", *_wrapped(chapter.text))
    yield from table(("sentence", "in English"), ((f"`{rule}`", SENTENCES[rule]) for rule in sentences_of(chapter)))
    shown = [case for case in golden if case.rule == chapter.id]
    if shown:
        yield from ("Golden cases:", "", *(f"- `{case.id}`: {case.note}" for case in shown), "")


def _other_sentences() -> Iterator[str]:
    """Yield the sentences that belong to no single rule: flags that tell, rather than weigh."""
    told = {rule for chapter in CHAPTERS for rule in sentences_of(chapter)}
    rest = ((f"`{rule}`", text) for rule, text in SENTENCES.items() if rule not in told)
    yield from ("### Sentences beside the rules", "", *table(("sentence", "in English"), rest))


def _states(rulebook: Rulebook) -> Iterator[str]:
    rows = (
        (period.code, ", ".join(sorted(period.units)), days(period.in_force))
        for period in sorted(rulebook.states, key=lambda each: (each.code, str(each.in_force.first)))
        if period.units != {period.code}
    )
    yield from ("## States that came and went", "", *table(("code", "present-day units", "days"), rows))


def _counts(rulebook: Rulebook) -> str:
    exemptions = sum(len(measure.exemptions) for measure in rulebook.measures)
    return f"{len(rulebook.regimes)} regimes, {len(rulebook.measures)} measures, {exemptions} exemptions"


def _calls(rulebook: Rulebook) -> Iterator[str]:
    rows = (
        (
            call.legal_basis.resolution,
            call.legal_basis.paragraph or NOTHING,
            ", ".join(sorted(call.countries)),
            days(call.in_force),
        )
        for call in rulebook.calls
    )
    lines = table(("resolution", "paragraph", "countries", "days"), rows)
    if lines:
        yield from ("## Requests and calls that bind nobody", "", *lines)


def _unverified(rulebook: Rulebook) -> Iterator[str]:
    rows = list(unverified(rulebook))
    yield from ("## Not verified", "")
    yield f"{len(rows)} statements rest on no source that was read. Results mark them; a letter shows the mark."
    yield from ("", *table(("where", "statement", "not read"), rows))
