"""What registers and registries say beside a referral: own records looked up, and what is wanting."""

from typing import Any

from django.utils import timezone

from cases.api.problems import in_words
from cases.queries.register_hits import lookups_for_referral
from cases.queries.registry_warnings import registry_warnings


def beside_referral(referral: Any) -> dict[str, Any]:
    """Return the look-ups of a referral's lines, and the warnings in the reader's language; they change without it."""
    return {"own_records": lookups_for_referral(referral), "warnings": warnings_shown(referral)}


def warnings_shown(referral: Any) -> list[dict[str, Any]]:
    """Return what the registries warn of today; none of it needs a supervisor's word."""
    return [
        {
            "code": warning.code,
            "detail": in_words(warning.sentence, warning.params),
            "lines": list(warning.lines),
            "needs_supervisor": False,
        }
        for warning in registry_warnings(referral, timezone.now().date())
    ]
