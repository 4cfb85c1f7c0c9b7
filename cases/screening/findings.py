"""What the engine says: conditions answered yes, no or unknown, and the findings, considered and untied measures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable rule id with plain parameters; the English text is rendered from them, as any other language is."""

    rule: str
    params: Params

    @property
    def text(self) -> str:
        """Return the English rendering."""
        return SENTENCES[self.rule].format_map(self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
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


def yes(name: str, rule: str, fact: str, /, *, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that the facts meet."""
    return Condition(name=name, answer=Answer.YES, reason=Reason(rule, params), fact=fact, tie=tie)


def no(name: str, rule: str, fact: str, /, *, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that the facts contradict."""
    return Condition(name=name, answer=Answer.NO, reason=Reason(rule, params), fact=fact, tie=tie)


def unknown(name: str, rule: str, fact: str, /, *, unknown: str, tie: str | None = None, **params: Plain) -> Condition:
    """Return a condition that rests on an unknown, disputed or uncertain fact, named by ``unknown``."""
    reason = Reason(rule, params)
    return Condition(name=name, answer=Answer.UNKNOWN, reason=reason, fact=fact, unknown=unknown, tie=tie)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasisCited:
    """A legal basis with what amended it up to the governing day."""

    resolution: str
    paragraph: str | None
    paragraph_verified: bool
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionWeighed:
    """An exemption of the measure, whether the facts claim it, and the procedure that must have been followed."""

    what: str
    legal_basis: LegalBasisCited
    procedure: str
    claimed: bool
    reason: Reason

    def document(self) -> dict[str, object]:
        """Return the exemption as it stands in a finding."""
        return {
            "what": self.what,
            "legal_basis": self.legal_basis.document(),
            "procedure": self.procedure,
            "claimed": self.claimed,
            "rule": self.reason.rule,
            "params": dict(self.reason.params),
            "text": self.reason.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOwed:
    """What follows by law from the finding, for whom, with what force, and by when if the text says."""

    kind: str
    what: str
    legal_basis: LegalBasisCited
    force: str
    on: str
    to: str | None
    clock_from: str | None
    days: int | None
    working_days: bool
    promptly: bool
    due_on: str | None

    def document(self) -> dict[str, object]:
        """Return the duty as it stands in a finding."""
        return {
            "kind": self.kind,
            "what": self.what,
            "legal_basis": self.legal_basis.document(),
            "force": self.force,
            "on": self.on,
            "to": self.to,
            "clock_from": self.clock_from,
            "days": self.days,
            "working_days": self.working_days,
            "promptly": self.promptly,
            "due_on": self.due_on,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
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

    def document(self) -> dict[str, object]:
        """Return the finding in the shape of the contract."""
        unknowns = sorted({c.unknown for c in self.rationale if c.unknown is not None})
        return {
            "regime": self.regime,
            "measure": self.measure,
            "outcome": self.outcome.value,
            "status": self.status,
            "tie": self.tie,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
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


@dataclass(frozen=True, slots=True)
class Flag:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningResult:
    """Everything the engine says of one incident; findings, considered and untied name every measure once."""

    findings: tuple[FindingDraft, ...]
    considered: tuple[Considered, ...]
    untied: tuple[str, ...]
    flags: tuple[Flag, ...]

    def document(self) -> dict[str, object]:
        """Return the engine's part of a screening result, in the contract's order."""
        return {
            "findings": [finding.document() for finding in self.findings],
            "designations": [],
            "considered": [entry.document() for entry in self.considered],
            "untied": list(self.untied),
            "flags": [flag.document() for flag in self.flags],
        }


def canonical_json(document: Mapping[str, object]) -> str:
    """Return the one JSON text of a document: the same bytes on any machine, in any process."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
