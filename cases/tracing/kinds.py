"""The kinds of referral: who may send each, what each covers, and which elements it must hold to be issued."""

from dataclasses import dataclass

from cases.choices import AgencyKind, ItemCategory, PaperKind, ReferralKind

# ITI 4: small arms and light weapons; never ammunition, parts, explosives or missiles' rounds.
ITI_CATEGORIES = frozenset({ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON})
# Lines whose type has a calibre, so that leaving it out leaves the type open.
CATEGORIES_WITH_CALIBRE = frozenset(
    {ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON, ItemCategory.AMMUNITION, ItemCategory.ARTILLERY}
)
# Papers by which a State lets goods go, come or pass; who they are about is asked of that State.
LICENCES = frozenset(
    {
        PaperKind.END_USER_CERTIFICATE, PaperKind.DELIVERY_VERIFICATION, PaperKind.EXPORT_LICENCE,
        PaperKind.IMPORT_LICENCE, PaperKind.TRANSIT_LICENCE,
    }
)  # fmt: skip

_NOT_A_STATE = frozenset({AgencyKind.UN_MISSION, AgencyKind.PANEL, AgencyKind.REGIONAL_ORGANISATION})
_STATE_AGENCIES = frozenset(AgencyKind) - _NOT_A_STATE

_ALWAYS = (
    *("reference", "date", "priority", "language", "requesting_authority", "issuer", "point_of_contact"),
    "template_pack",
)
_ADDRESSEE = ("requested_state", "why_this_state")
_OF_A_STATE = (*_ALWAYS, *_ADDRESSEE, "addressee_contact")
_UNDER_A_MANDATE = (*_ALWAYS, *_ADDRESSEE, "mandate", "circumstances", "items", "type", "markings", "confidentiality")
_BUREAU = (*_OF_A_STATE, "items", "type", "calibre", "markings", "intended_use", "confidentiality")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRules:
    """What one kind of referral asks of its sender and its content."""

    kind: ReferralKind
    issuers: frozenset[AgencyKind]
    legal_basis: tuple[str, ...]  # keys of LEGAL_BASES
    categories: frozenset[ItemCategory] | None  # None: every category
    elements: frozenset[str]

    def covers(self, category: str) -> bool:
        """Return whether a line of that category may be asked for under this kind."""
        return self.categories is None or category in self.categories


def _rules(
    kind: ReferralKind,
    *,
    issuers: frozenset[AgencyKind],
    elements: tuple[str, ...],
    legal_basis: tuple[str, ...] = (),
    categories: frozenset[ItemCategory] | None = None,
) -> KindRules:
    return KindRules(
        kind=kind, issuers=issuers, legal_basis=legal_basis, categories=categories, elements=frozenset(elements)
    )


KINDS: dict[ReferralKind, KindRules] = {
    rules.kind: rules
    for rules in (
        _rules(
            ReferralKind.ITI_REQUEST,
            issuers=_STATE_AGENCIES,
            legal_basis=("iti.14", "iti.16", "iti.17"),
            categories=ITI_CATEGORIES,
            elements=(
                *(*_BUREAU, "scope", "jurisdiction"),
                *("illicit_nature", "legal_justification", "circumstances"),
            ),
        ),
        _rules(
            ReferralKind.PANEL_REQUEST,
            issuers=frozenset({AgencyKind.PANEL}),
            elements=(*_UNDER_A_MANDATE, "reply_requested_by"),
        ),
        _rules(
            ReferralKind.MISSION_REQUEST,
            issuers=frozenset({AgencyKind.UN_MISSION}),
            elements=(*_UNDER_A_MANDATE, "reply_requested_by"),
        ),
        _rules(
            ReferralKind.IARMS_TRACE,
            # Bureau to bureau: the national central bureau sits with the police or the focal point.
            issuers=frozenset({AgencyKind.POLICE, AgencyKind.NATIONAL_FOCAL_POINT}),
            elements=_BUREAU,
        ),
        _rules(
            ReferralKind.BILATERAL,
            issuers=_STATE_AGENCIES | {AgencyKind.REGIONAL_ORGANISATION},
            elements=(*_OF_A_STATE, "items", "type", "markings", "circumstances", "intended_use", "confidentiality"),
        ),
        _rules(
            ReferralKind.LICENCE_ENQUIRY,
            issuers=frozenset(AgencyKind),
            elements=(*_OF_A_STATE, "papers", "intended_use", "confidentiality"),
        ),
    )
}


def default_kind(agency_kind: str, categories: frozenset[str]) -> ReferralKind:
    """Return the kind a body of that kind would send for lines of those categories."""
    by_body = {
        AgencyKind.PANEL: ReferralKind.PANEL_REQUEST,
        AgencyKind.UN_MISSION: ReferralKind.MISSION_REQUEST,
        AgencyKind.REGIONAL_ORGANISATION: ReferralKind.BILATERAL,
    }
    if agency_kind in by_body:
        return by_body[AgencyKind(agency_kind)]
    return ReferralKind.ITI_REQUEST if categories & ITI_CATEGORIES else ReferralKind.BILATERAL


def kind_of_line(letter: str, category: str) -> ReferralKind:
    """Return under which kind a line stands in a letter: what the letter's own kind does not cover goes bilaterally."""
    rules = KINDS[ReferralKind(letter)]
    return rules.kind if rules.covers(category) else ReferralKind.BILATERAL


def cites_the_iti(kind: str) -> bool:
    """Return whether a letter of that kind may rest on ITI 17; panels and missions never do."""
    return kind == ReferralKind.ITI_REQUEST
