"""What the engine says: conditions answered yes, no or unknown, and the findings, considered and untied measures.

Named tuples, because a batch makes dozens of them for each incident and a frozen dataclass takes three times as long.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cases.screening.sentences import QUESTIONS, SENTENCES

Plain = str | int | float | bool | None
Params = Mapping[str, Plain]


class Answer(StrEnum):
    """Whether a condition holds; unknown is an answer of its own and never turns into a no (R19)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What is said of one measure; a person decides what it means."""

    INDICATED = "indicated"
    POSSIBLE = "possible"
    EXEMPTION_CLAIMED = "exemption_claimed"
    NOT_INDICATED = "not_indicated"


class Reason(NamedTuple):
    """A stable rule id with plain parameters; the English text is rendered from them, as any other language is."""

    rule: str
    params: Params

    @property
    def text(self) -> str:
        """Return the English rendering."""
        return SENTENCES[self.rule].format_map(self.params)


class Condition(NamedTuple):
    """One condition of a measure weighed against the facts, with the fact it rests on."""

    name: str
    answer: Answer
    reason: Reason
    fact: str
    unknown: str | None = None  # the fact that would decide it; its question is QUESTIONS[unknown]
    tie: str | None = None  # route, recipient, party, conveyance, manufacture or place, where this condition ties
    items: tuple[int, ...] = ()

    def document(self) -> dict[str, object]:
        """Return the condition as it stands in a result's rationale."""
        return {
            "condition": self.name,
            "satisfied": self.answer.value,
            "fact": self.fact,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "text": self.reason.text,
        }


# A named tuple's own constructor is a Python function around this one, and a batch makes conditions by the million.
_new = tuple.__new__


def yes(name: str, rule: str, fact: str, /, *, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that the facts meet."""
    return _new(Condition, (name, Answer.YES, _new(Reason, (rule, params)), fact, None, tie, ()))


def no(name: str, rule: str, fact: str, /, *, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that the facts contradict."""
    return _new(Condition, (name, Answer.NO, _new(Reason, (rule, params)), fact, None, tie, ()))


def unknown(name: str, rule: str, fact: str, /, *, unknown: str, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that rests on an unknown, disputed or uncertain fact, named by ``unknown``."""
    return _new(Condition, (name, Answer.UNKNOWN, _new(Reason, (rule, params)), fact, unknown, tie, ()))


class LegalBasisCited(NamedTuple):
    """The resolution and paragraph a statement of law rests on, with what amended it up to the governing day."""

    resolution: str  # as the United Nations cites it: "S/RES/1747 (2007)"
    paragraph: str | None
    paragraph_verified: bool  # whether the paragraph was read in a source
    amended_by: tuple[tuple[str, str | None, str], ...] = ()

    def document(self) -> dict[str, object]:
        """Return the citation as it stands in a result."""
        return {
            "resolution": self.resolution,
            "paragraph": self.paragraph,
            "paragraph_verified": self.paragraph_verified,
            "amended_by": [
                {"resolution": resolution, "paragraph": paragraph, "as": effect}
                for resolution, paragraph, effect in self.amended_by
            ],
        }


class ExemptionWeighed(NamedTuple):
    """An exemption of the measure, whether the facts claim it, and the procedure that must have been followed."""

    what: str
    legal_basis: LegalBasisCited
    procedure: str
    required: Reason  # what must have been filed, and by when
    claimed: bool
    reason: Reason

    def document(self) -> dict[str, object]:
        """Return the exemption as it stands in a finding."""
        return {
            "what": self.what,
            "legal_basis": self.legal_basis.document(),
            "procedure": self.procedure,
            "required": {
                "rule": self.required.rule,
                "params": dict(self.required.params),
                "text": self.required.text,
            },
            "claimed": self.claimed,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "text": self.reason.text,
        }


class DutyOwed(NamedTuple):
    """What follows by law from the finding or the inspection, for whom, with what force, and by when if said."""

    regime: str | None
    kind: str
    what: str
    legal_basis: LegalBasisCited
    force: str
    reason: Reason  # an obligation, a power, an appeal, a task or an undertaking
    on: str
    states: tuple[str, ...]  # those that the facts show to be meant by ``on``
    to: str | None
    clock_from: str | None
    days: int | None
    working_days: bool
    promptly: bool
    due_on: str | None

    def document(self) -> dict[str, object]:
        """Return the duty as it stands in a result."""
        return {
            "regime": self.regime,
            "kind": self.kind,
            "what": self.what,
            "legal_basis": self.legal_basis.document(),
            "force": self.force,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "text": self.reason.text,
            "on": self.on,
            "states": list(self.states),
            "to": self.to,
            "clock_from": self.clock_from,
            "days": self.days,
            "working_days": self.working_days,
            "promptly": self.promptly,
            "due_on": self.due_on,
        }


class FindingDraft(NamedTuple):
    """What the engine finds of one measure: indicated, possible or exemption claimed, with every reason."""

    regime: str
    measure: str
    outcome: Outcome
    status: str
    tie: str
    items: tuple[int, ...]
    legal_basis: LegalBasisCited
    rationale: tuple[Condition, ...]
    exemptions: tuple[ExemptionWeighed, ...]
    duties: tuple[DutyOwed, ...]
    verified: bool
    place_only: bool  # nothing but the place speaks for it yet: no matter for work lists and letters (R2)

    def document(self) -> dict[str, object]:
        """Return the finding in the shape of the contract."""
        unknowns = sorted({c.unknown for c in self.rationale if c.unknown is not None})
        return {
            "regime": self.regime,
            "measure": self.measure,
            "outcome": self.outcome.value,
            "status": self.status,
            "tie": self.tie,
            "place_only": self.place_only,
            "items": list(self.items),
            "legal_basis": self.legal_basis.document(),
            "rationale": [condition.document() for condition in self.rationale],
            "unknowns": unknowns,
            "questions": [QUESTIONS[name] for name in (*unknowns, *self._asked_of_exemptions())],
            "exemptions": [exemption.document() for exemption in self.exemptions],
            "duties": [duty.document() for duty in self.duties],
            "verified": self.verified,
        }

    def _asked_of_exemptions(self) -> list[str]:
        """Name what must be asked before a claimed exemption is believed (R10)."""
        rules = {exemption.reason.rule for exemption in self.exemptions if exemption.claimed}
        asked = {"exemption.standing_met": "exemption_use", "exemption.authorisation_incomplete": "authorisation"}
        return [asked[rule] for rule in sorted(rules) if rule in asked]


class Considered(NamedTuple):
    """A measure that something ties to the incident, and the reason why it is not engaged."""

    regime: str
    measure: str
    tie: str
    reason: Reason

    def document(self) -> dict[str, object]:
        """Return the entry in the shape of the contract."""
        return {
            "regime": self.regime,
            "measure": self.measure,
            "outcome": Outcome.NOT_INDICATED.value,
            "tie": self.tie,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "because": self.reason.text,
        }


class Flag(NamedTuple):
    """Something worth an officer's eye that is no finding."""

    code: str
    reason: Reason

    def document(self) -> dict[str, object]:
        """Return the flag in the shape of the contract."""
        return {
            "code": self.code,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "text": self.reason.text,
        }


class DesignationMatch(NamedTuple):
    """A listed party that a name or number in the record points to, and why; a resemblance, never an identification."""

    reference_number: str
    list_name: str
    name: str
    kind: str
    listed_on: date | None
    listed_on_day: bool | None  # None: the lists loaded leave it open
    list_covers_day: bool
    matched: str  # where in the record: "recipient.name", "parties[0].aliases[1]"
    role: str  # recipient, or the party's, conveyance's or paper's part
    stated: str
    quality: str  # of the listed name: primary, good, low, original; "number" where only a number matched
    score: float
    is_certain: bool
    reasons: tuple[
        Reason, ...
    ]  # why it matched, first; then what spoke for or against it, and what the list says of the day
    regimes: tuple[str, ...]
    consequences: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """Return the match in the shape of the contract."""
        why = self.reasons[0]
        return {
            "reference_number": self.reference_number,
            "list": self.list_name,
            "name": self.name,
            "kind": self.kind,
            "listed_on": None if self.listed_on is None else self.listed_on.isoformat(),
            "listed_on_day": self.listed_on_day,
            "list_covers_day": self.list_covers_day,
            "matched": self.matched,
            "role": self.role,
            "stated": self.stated,
            "quality": self.quality,
            "score": self.score,
            "is_certain": self.is_certain,
            "rule": why.rule,
            "params": dict(why.params),
            "text": why.text,
            "reasons": [
                {"rule": reason.rule, "params": dict(reason.params), "text": reason.text} for reason in self.reasons
            ],
            "regimes": list(self.regimes),
        }


class ScreeningResult(NamedTuple):
    """Everything the engine says of one incident; findings, considered and untied name every measure once."""

    findings: tuple[FindingDraft, ...]
    considered: tuple[Considered, ...]
    untied: tuple[str, ...]
    flags: tuple[Flag, ...]
    designations: tuple[DesignationMatch, ...] = ()
    duties: tuple[DutyOwed, ...] = ()  # those that no finding carries: of an inspection, of arms found (ITI 9)

    def document(self) -> dict[str, object]:
        """Return the engine's part of a screening result, in the contract's order."""
        return {
            "findings": [finding.document() for finding in self.findings],
            "designations": [match.document() for match in self.designations],
            "considered": [entry.document() for entry in self.considered],
            "untied": list(self.untied),
            "flags": [flag.document() for flag in self.flags],
            "duties": [duty.document() for duty in self.duties],
        }
