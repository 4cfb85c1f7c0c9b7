"""Regimes as the rulebook in use has them, with notes, sources and the flags that say what was verified."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from cases.errors import NotFound
from cases.queries.rulebooks import current_rulebook
from cases.regimes.loader import load_regime_files


def regime_rows() -> list[dict[str, Any]]:
    """Return every regime in short, ordered by id."""
    return [{name: regime[name] for name in _IN_SHORT} for regime in _regimes().values()]


def get_regime(code: str) -> dict[str, Any]:
    """Return one regime whole, with the version it was read from; raises NotFound."""
    if (regime := _regimes().get(code)) is None:
        raise NotFound(thing="regime")
    return {**regime, "rulebook": rulebook_version()}


def rulebook_version() -> dict[str, str]:
    """Return version and digest of the rulebook in use."""
    rulebook = current_rulebook()
    return {"version": rulebook.version, "digest": rulebook.digest}


@cache
def _regimes() -> Mapping[str, dict[str, Any]]:
    return MappingProxyType({file.id: file.model_dump(mode="json", by_alias=True) for file in load_regime_files()})


_IN_SHORT = ("id", "name", "status", "as_of", "target", "refresh_after")
