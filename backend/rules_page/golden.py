"""The golden cases of the repository, by the rule that each shows."""

from pathlib import Path
from typing import NamedTuple

import yaml

GOLDEN_CASES = Path(__file__).resolve().parents[2] / "tests/golden/screening_cases.yaml"


class GoldenCase(NamedTuple):
    """A made-up case: its id, the rule it shows, and why its outcome is what it is."""

    id: str
    rule: str
    note: str


def golden_cases(path: Path = GOLDEN_CASES) -> tuple[GoldenCase, ...]:
    """Return the cases in the order of their file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(GoldenCase(entry["id"], str(entry["rule"]), " ".join(entry["note"].split())) for entry in entries)
