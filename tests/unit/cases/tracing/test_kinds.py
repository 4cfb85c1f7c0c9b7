import pytest

from cases.choices import AgencyKind, ItemCategory, ReferralKind
from cases.tracing.kinds import KINDS, cites_the_iti, default_kind, kind_of_line


def test_every_kind_has_its_rules() -> None:
    assert set(KINDS) == set(ReferralKind)


@pytest.mark.parametrize("category", sorted(set(ItemCategory) - {ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON}))
def test_the_instrument_covers_small_arms_and_light_weapons_only(category: str) -> None:
    assert kind_of_line("iti_request", category) == ReferralKind.BILATERAL
    assert kind_of_line("panel_request", category) == ReferralKind.PANEL_REQUEST
    assert kind_of_line("iti_request", "small_arm") == ReferralKind.ITI_REQUEST


def test_panels_and_missions_never_cite_the_instrument() -> None:
    assert [kind for kind in ReferralKind if cites_the_iti(kind)] == [ReferralKind.ITI_REQUEST]
    assert AgencyKind.PANEL not in KINDS[ReferralKind.ITI_REQUEST].issuers


@pytest.mark.parametrize(
    ("agency", "categories", "kind"),
    [
        ("panel", {"small_arm"}, "panel_request"),
        ("un_mission", {"small_arm"}, "mission_request"),
        ("customs", {"small_arm", "ammunition"}, "iti_request"),
        ("customs", {"ammunition"}, "bilateral"),
        ("regional_organisation", {"small_arm"}, "bilateral"),
    ],
)
def test_the_default_kind_follows_the_body_and_the_lines(agency: str, categories: set[str], kind: str) -> None:
    assert default_kind(agency, frozenset(categories)) == kind
    assert AgencyKind(agency) in KINDS[ReferralKind(kind)].issuers
