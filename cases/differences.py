"""What of a finding a decision rests on, and what two findings on one measure differ in."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cases.canonical import canonical_json

Document = Mapping[str, Any]

# Beside the answers of the rationale and the exemptions claimed.
_PLAIN: Final = ("outcome", "status", "items")


def substance_of(finding: Document) -> str:
    """Return the digest of what a decision on the finding rests on: outcome, status, items, answers, exemptions.

    Wording, and what follows from a finding (duties), are not part of it.
    """
    return _digest(_substance(finding))


def digest_of(finding: Document) -> str:
    """Return the digest of the whole finding: equal where every word is."""
    return _digest(finding)


def differences(before: Document, after: Document) -> list[dict[str, Any]]:
    """Return what two findings on one measure differ in, each with both sides; empty where nothing material does."""
    return [*_plain_differences(before, after), *_differences_of_reasons(before, after), *_of_exemptions(before, after)]


def is_place_only(finding: Document) -> bool:
    """Whether nothing but the place ties the finding, so that it stays off work lists and letters (R2)."""
    marked = finding.get("place_only")
    return bool(marked) if marked is not None else finding["tie"] == "place" and finding["outcome"] == "possible"


def _digest(document: Document) -> str:
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()[:32]


def _substance(finding: Document) -> dict[str, Any]:
    return {
        **{name: finding[name] for name in _PLAIN},
        "answers": [_answer(condition) for condition in finding["rationale"]],
        "claimed": _claimed(finding),
    }


def _answer(condition: Document) -> list[str]:
    return [condition["condition"], condition["satisfied"], condition["rule"]]


def _claimed(finding: Document) -> list[list[str]]:
    return [[weighed["what"], weighed["rule"]] for weighed in finding["exemptions"] if weighed["claimed"]]


def _plain_differences(before: Document, after: Document) -> Iterator[dict[str, Any]]:
    for name in _PLAIN:
        if before[name] != after[name]:
            yield {"what": name, "before": before[name], "after": after[name]}


def _differences_of_reasons(before: Document, after: Document) -> Iterator[dict[str, Any]]:
    """Pair the conditions of one name; where several bear it, in their order."""
    earlier, later = _by_name(before), _by_name(after)
    for name in dict.fromkeys((*earlier, *later)):
        was, now = earlier.get(name, []), later.get(name, [])
        if [_answer(each) for each in was] != [_answer(each) for each in now]:
            yield {"what": name, "before": [_shown(each) for each in was], "after": [_shown(each) for each in now]}


def _by_name(finding: Document) -> dict[str, list[Document]]:
    conditions: dict[str, list[Document]] = {}
    for condition in finding["rationale"]:
        conditions.setdefault(condition["condition"], []).append(condition)
    return conditions


def _shown(condition: Document) -> dict[str, Any]:
    return {name: condition[name] for name in ("satisfied", "rule", "params", "text")}


def _of_exemptions(before: Document, after: Document) -> Iterator[dict[str, Any]]:
    was, now = _claimed(before), _claimed(after)
    if was != now:
        yield {"what": "exemptions", "before": [what for what, _ in was], "after": [what for what, _ in now]}
