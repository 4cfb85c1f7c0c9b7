"""What a bench is asked and what it answers: one figure a line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import orjson

DEFAULT_SEED = 20240926

Notes: TypeAlias = Mapping[str, str | int | float]


class BenchCannotRun(Exception):
    """Something that the bench needs is not here; the message says what, and how to get it."""


class BadList(BenchCannotRun):
    """The list to measure with cannot be read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much to measure, and on what."""

    rounds: int = 5
    size: int | None = None  # incidents, points or pairs; None: what the bench itself finds enough
    seed: int = DEFAULT_SEED
    list_file: Path | None = None  # a consolidated list as XML; None: a made-up list


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with its unit; notes say under which conditions it was reached."""

    metric: str
    value: float
    unit: str
    notes: Notes = field(default_factory=dict)

    def line(self) -> bytes:
        """Return the figure as one line of JSON."""
        document = {"metric": self.metric, "value": self.value, "unit": self.unit, **self.notes}
        return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
