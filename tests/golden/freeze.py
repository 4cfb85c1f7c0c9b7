"""Golden decisions: run the made-up cases and write down every answer, so that a change of mind is a diff."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cases.intake.reading import read_incident
from cases.regimes.loader import load_rulebook
from cases.results import screening_document
from cases.screening.designations import Designations
from cases.screening.rulebook import Rulebook
from geo.locate import geography

FOLDER = Path(__file__).parent
FROZEN = FOLDER / "frozen_findings.json"


@cache
def golden_cases() -> tuple[dict[str, Any], ...]:
    """Return the made-up cases in the order of their file."""
    return tuple(yaml.safe_load((FOLDER / "screening_cases.yaml").read_text(encoding="utf-8")))


@cache
def rulebook() -> Rulebook:
    """Return the rulebook of the package, read once."""
    return load_rulebook()


def screened(incident: dict[str, Any]) -> dict[str, Any]:
    """Return the whole result for one made-up incident."""
    reading = read_incident(incident)
    assert reading.submission is not None, reading.problems
    return screening_document(
        reading.submission,
        reference="golden",
        rulebook=rulebook(),
        designations=Designations.none(),
        geography=geography(),
    )


def duties_of(result: dict[str, Any], measure: str) -> list[str]:
    """Return the duties of a finding, or of the incident where no measure is named, each with its resolution."""
    found = (finding["duties"] for finding in result["findings"] if finding["measure"] == measure)
    owed = next(found) if measure else result["duties"]
    return sorted(f"{duty['kind']} {_number(duty)}".strip() for duty in owed)


def _number(duty: dict[str, Any]) -> str:
    cited = re.match(r"S/RES/(\d+) ", duty["legal_basis"]["resolution"])
    return cited[1] if cited else ""


def decision(result: dict[str, Any]) -> dict[str, Any]:
    """Return what a reviewer wants to see change or stay: outcomes, deciding rules, unknowns and flags."""
    return {
        "findings": {
            finding["measure"]: {
                "outcome": finding["outcome"],
                "tie": finding["tie"],
                "items": finding["items"],
                "rules": [condition["rule"] for condition in finding["rationale"]],
                "unknowns": finding["unknowns"],
                "claimed": [entry["what"] for entry in finding["exemptions"] if entry["claimed"]],
                "duties": duties_of(result, finding["measure"]),
            }
            for finding in result["findings"]
        },
        "considered": {entry["measure"]: entry["rule"] for entry in result["considered"]},
        "flags": sorted({flag["code"] for flag in result["flags"]}),
        "duties": duties_of(result, ""),
    }


def decisions() -> dict[str, Any]:
    """Return the decision on every golden case, by its id."""
    return {case["id"]: decision(screened(case["incident"])) for case in golden_cases()}


if __name__ == "__main__":
    FROZEN.write_text(json.dumps(decisions(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
