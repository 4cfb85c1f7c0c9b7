"""Noting that an agency is shown records of others."""

from cases.models import Agency


def expect_shares(*, agency: Agency) -> None:
    """Note that something is shared with the agency, so that its lists look for it from now on."""
    Agency.objects.filter(pk=agency.pk, receives_shares=False).update(receives_shares=True)
