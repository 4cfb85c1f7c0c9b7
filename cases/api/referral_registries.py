"""What the registries warn of beside a referral, in the reader's language."""

from typing import Any

from django.utils import timezone

from cases.api.problems import in_words
from cases.queries.registry_warnings import registry_warnings


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
