"""Keeping what names were found to resemble."""

from collections.abc import Collection

from cases.models import RememberedName
from cases.queries.remembered_names import lists_digest, text_of
from cases.screening.designations import Designations


def remember_names(*, designations: Designations, besides: Collection[str]) -> int:
    """Keep what the index of the lists has found, besides what is known to be kept; return how many names."""
    if not designations.lists:
        return 0
    digest = lists_digest(designations)
    new = sorted((asked, found) for asked, found in designations.names.memo().items() if asked not in besides)
    RememberedName.objects.bulk_create(
        [RememberedName(lists_digest=digest, asked=asked, matches=text_of(found)) for asked, found in new],
        ignore_conflicts=True,
        batch_size=2000,
    )
    return len(new)
