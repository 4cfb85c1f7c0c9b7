"""Tasks that a regime's own text and the steps of a trace propose for a case; none has a day, no text gives one."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cases.screening.rulebook import Measure, Regime
from cases.tracing.legal_bases import LEGAL_BASES

# What a duty asks for, in the words of its force: only the first obliges.
FORCES: Final = {
    "shall": "{what}.",
    "authorised": "The text allows it: {what}.",
    "called_upon": "The text calls for it: {what}.",
    "mandated": "The text gives it as a task: {what}.",
}
# What is to be found out for each paragraph that restricts something.
OF_A_MEASURE: Final = "Find out whether the transfer falls under it, and who authorised it."


class Step(NamedTuple):
    """One step of a trace, and the paragraph that it rests on, where one says it."""

    code: str
    what: str
    basis: str | None


TRACING: Final = (
    Step("record_marks", "Read every mark of every item, and photograph it with a scale.", "iti.17b"),
    Step("look_up_registers", "Look the items up in own registers before a State abroad is asked.", None),
    Step("ask_makers", "Ask the State of manufacture, and that of the import mark, about each item.", "iti.16"),
    Step("follow_replies", "Follow each reply to the next holder that it names, and ask there.", "iti.20"),
    Step("check_papers", "Ask the issuing States whether certificates and licences are theirs.", "att.11"),
    Step("keep_custody", "See to it that each item has an unbroken chain of custody, and a recorded end.", "iti.9"),
    Step("conclude_diversion", "Conclude for each item on the point of diversion, with what it rests on.", None),
)


class Proposed(NamedTuple):
    """A task to be proposed; `key` makes it the same task however often it is proposed."""

    key: str
    what: str
    instrument: str = ""
    paragraph: str = ""
    paragraph_verified: bool = False


def tasks_of(regime: Regime, measures: Iterable[Measure]) -> list[Proposed]:
    """Return what to do in a case under the regime: its measures, its duties, and the steps of a trace, each once."""
    of_regime = [measure for measure in measures if measure.regime == regime.id]
    proposed = [*_of_measures(of_regime), *_of_duties(regime), *_of_tracing()]
    return list({task.key: task for task in reversed(proposed)}.values())[::-1]


def _of_measures(measures: Iterable[Measure]) -> Iterator[Proposed]:
    """Yield one task a paragraph: a measure's later phases rest on the same one."""
    for measure in measures:
        basis = measure.legal_basis
        key = f"measure:{measure.regime}:{basis.resolution}:{basis.paragraph or ''}"
        yield Proposed(key, OF_A_MEASURE, basis.resolution, basis.paragraph or "", basis.paragraph_verified)


def _of_duties(regime: Regime) -> Iterator[Proposed]:
    for duty in regime.duties:
        basis = duty.legal_basis
        key = f"duty:{regime.id}:{duty.kind}:{duty.on}:{basis.resolution}:{basis.paragraph or ''}"
        what = FORCES[duty.force].format(what=duty.what.rstrip("."))
        yield Proposed(key, what, basis.resolution, basis.paragraph or "", basis.paragraph_verified)


def _of_tracing() -> Iterator[Proposed]:
    for step in TRACING:
        key = f"tracing:{step.code}"
        if step.basis is None:
            yield Proposed(key, step.what)
        else:
            text = LEGAL_BASES[step.basis]
            yield Proposed(key, step.what, text.instrument, text.paragraph, text.verified)
