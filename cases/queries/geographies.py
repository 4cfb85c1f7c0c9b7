"""The geography that screening uses, and those it used."""

from geo.geographies import geography_of_digest, newest_geography_number, numbered_geography
from geo.locate import Geography


def current_geography() -> Geography:
    """Return the packaged reference with the imported zones in force; one look at an index says whether it is newer."""
    return numbered_geography(newest_geography_number())


def geography_used(*, digest: str) -> Geography:
    """Return the geography that a run names by its digest; raise GeographyUnavailable when it is not to be had."""
    return geography_of_digest(digest)
