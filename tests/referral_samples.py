"""Referral contents for tests and for the pages under docs/samples: after documented cases, by made-up bodies."""

from dataclasses import replace
from datetime import date

from cases.screening.sentences import SENTENCES
from cases.tracing.content import (
    Addressee,
    AddresseeReason,
    AgencyPresent,
    Amendment,
    Contact,
    ConveyanceSeen,
    CustodyStep,
    DataVersion,
    IncidentTold,
    IssuingBody,
    Mandate,
    Mark,
    MeasureConsidered,
    MeasureEngaged,
    Observation,
    Occurrence,
    PaperShown,
    PhotoShown,
    Place,
    Reason,
    RecipientStated,
    ReferralContent,
    ReferralItem,
    RouteClaim,
    RouteStated,
    Withheld,
)

_OBSERVATION = Observation(
    incident="INC-2013-402917",
    kind="seizure",
    basis="observed",
    occurred=Occurrence(
        first_day=date(2013, 1, 23), last_day=date(2013, 1, 23), precision="day", time_zone="Asia/Aden"
    ),
    place=Place(
        name="Off Yemen",
        longitude=52.3,
        latitude=15.2,
        accuracy_m=150_000,
        source="gps",
        at_sea=True,
        nearest_country="YEM",
        coast_distance_m=46_500,
        border_distance_m=180_800,
    ),
    agencies=(AgencyPresent(name="Coast guard of the coastal State", country="YEM", role="lead"),),
    conveyance=ConveyanceSeen(mode="sea", description="dhow", name="Jihan 1"),
    route=RouteStated(
        origin="IRN",
        destination="YEM",
        basis="statement",
        claims=(RouteClaim(what="destination", country="SOM", by="crew"),),
    ),
    recipient=RecipientStated(kind="non_governmental_force", name="Houthis", country="YEM", basis="assessment"),
    detection="patrol",
    concealment="compartments under the diesel tanks",
    boarding_authority="host_state_request",
    circumstances=(
        "The dhow was stopped and boarded. Four compartments under the fuel tanks held the items listed, packed in "
        "crates and sacks."
    ),
)

_ITEMS = (
    ReferralItem(
        number=1,
        index=0,
        category="missile",
        subtype="manpads",
        description="Man-portable air-defence systems, Misagh-2 and SA-7 types",
        quantity=10,
        unit="piece",
        quantity_basis="counted",
        marking_state="restored",
        marks=(
            Mark(kind="serial", text="05-2-07314", position="launch tube, rear", state="intact", method="stencilled"),
            Mark(
                kind="serial",
                text="05-2-0731█",
                position="launch tube, rear",
                state="restored",
                restored_by="chemical etching",
                certainty="probable",
                photo="P-014",
            ),
        ),
        custody="held",
    ),
    ReferralItem(
        number=2,
        index=1,
        category="ammunition",
        description="122 mm rockets",
        quantity=100,
        unit="piece",
        quantity_basis="estimated",
        quantity_text="about one hundred",
        calibre="122 mm",
        country_of_manufacture="IRN",
        marks=(Mark(kind="lot", text="LOT 07-SBA-22", position="motor body", state="intact", method="stamped"),),
        custody="held",
    ),
    ReferralItem(
        number=3,
        index=2,
        category="explosive",
        description="C4 / RDX explosives and equipment for improvised explosive devices",
        country_of_manufacture="IRN",
        marks=(Mark(kind="packaging", text="C.4 / BATCH 11-90 / 16×1.14 KG", position="crate", state="partial"),),
    ),
    ReferralItem(
        number=4,
        index=3,
        category="light_weapon",
        description="RPG-7 type launchers with night-vision sights and range finders",
        calibre="40 mm",
        quantity=24,
        unit="piece",
        quantity_basis="counted",
        marking_state="obliterated",
    ),
)

# As the engine answers for this record under rulebook 2026.11, shortened to what the letter needs.
_WINDOW = "2013-01-22 to 2013-01-23"
_GOODS = "ammunition, explosive, light_weapon, missile"


def _said(condition: str, rule: str, fact: str | None, **params: str) -> Reason:
    return Reason(
        condition=condition,
        satisfied="unknown" if rule == "direction.destination_disputed" else "yes",
        fact=fact,
        rule=rule,
        params=tuple(sorted(params.items())),
        text=SENTENCES[rule].format_map(params),
    )


_IN_FORCE = _said("in_force", "in_force.throughout", f"transfer {_WINDOW}", window=_WINDOW)
_COVERED = _said("goods", "goods.covered", "items[0..3].category", goods=_GOODS)
_ANY_RECIPIENT = _said("recipient", "recipient.no_condition", "recipient.kind = non_governmental_force (Houthis)")
_CLAIMED = "route.destination = YEM; route.claims by crew = SOM"

PANEL_REQUEST = ReferralContent(
    reference="S/AC.99/2013/PE/OC.12",
    dated=date(2013, 2, 11),
    status="draft",
    kind="panel_request",
    language="en",
    issuing_body=IssuingBody(
        name="Panel of Experts (sample)",
        kind="panel",
        country="XXX",
        contact=Contact(
            name="Coordinator of the Panel",
            office="Panel secretariat",
            telephone="+1 000 000 0000",
            email="panel@example.org",
        ),
    ),
    addressee=Addressee(
        country="IRN",
        reasons=(AddresseeReason(code="manufacture", lines=(2, 3)), AddresseeReason(code="origin")),
    ),
    mandate=Mandate(resolution="S/RES/1929 (2010)", paragraph="29", paragraph_verified=True),
    observation=_OBSERVATION,
    items=_ITEMS,
    measures=(
        MeasureEngaged(
            regime="iran-2006",
            regime_name="Iran",
            measure="iran-2006/1747-5",
            resolution="S/RES/1747 (2007)",
            paragraph="5",
            paragraph_verified=True,
            outcome="indicated",
            status="binding",
            tie="route",
            lines=(1, 2, 3, 4),
            rationale=(
                _IN_FORCE,
                _COVERED,
                _said("direction", "direction.from_target", "route.origin = IRN", country="IRN"),
                _said("target", "target.whole_state", None, country="IRN"),
                _ANY_RECIPIENT,
            ),
        ),
        MeasureEngaged(
            regime="somalia-1992",
            regime_name="Somalia (territorial embargo, later with Government carve-outs)",
            measure="somalia-1992/733-5@2007-02-20",
            resolution="S/RES/733 (1992)",
            paragraph="5",
            paragraph_verified=True,
            outcome="possible",
            status="binding",
            tie="route",
            lines=(1, 2, 3, 4),
            amended_by=(
                Amendment(resolution="S/RES/1356 (2001)", paragraph="2-3", effect="carves_out"),
                Amendment(resolution="S/RES/1425 (2002)", paragraph="1-2", effect="widens"),
                Amendment(resolution="S/RES/1744 (2007)", paragraph="6", effect="carves_out"),
                Amendment(resolution="S/RES/1772 (2007)", paragraph="11-12", effect="carves_out"),
            ),
            rationale=(
                _IN_FORCE,
                _COVERED,
                _said("direction", "direction.destination_disputed", _CLAIMED, stated="YEM", country="SOM", by="crew"),
                _said("target", "target.whole_state", None, country="SOM"),
                _ANY_RECIPIENT,
            ),
            unknowns=("route.destination",),
        ),
    ),
    considered=(
        MeasureConsidered(
            regime_name="Yemen (Houthis and other designated parties)",
            measure="yemen-houthis-2015/2216-14",
            rule="in_force.before_start",
            params=(("start", "2015-04-14"),),
            text="The measure was imposed later: it has been in force since 2015-04-14.",
        ),
        MeasureConsidered(
            regime_name="Iran",
            measure="iran-2006/1929-8",
            rule="direction.destination_elsewhere",
            params=(("country", "YEM"),),
            text="The stated destination is YEM, not the target.",
        ),
    ),
    reply_requested_by=date(2013, 3, 11),
    intended_use="Report of the Panel to the Committee, and the Panel's further inquiries into the consignment.",
    confidentiality="given",
    onward_use="the Committee; INTERPOL",
    withheld=(Withheld(what="personal_data", why="redaction"),),
    versions=(
        DataVersion(name="rulebook", version="2026.11", digest="sha256:" + "5f0c" * 16),
        DataVersion(name="zones", version="ne-4.1-1", digest="sha256:" + "a1d7" * 16),
        DataVersion(name="facts", version=None, digest="sha256:" + "09be" * 16),
    ),
)

ITI_REQUEST = ReferralContent(
    reference="REF-2026-04719283",
    dated=date(2026, 3, 2),
    status="draft",
    kind="iti_request",
    language="en",
    issuing_body=IssuingBody(
        name="National Focal Point (sample)",
        kind="national_focal_point",
        country="DJI",
        contact=Contact(
            office="Tracing desk", telephone="+253 00 00 00 00", email="tracing@example.org", channel="I-24/7"
        ),
    ),
    addressee=Addressee(
        country="CHN",
        contact=Contact(office="National point of contact for small arms\nMinistry (sample)"),
        reasons=(AddresseeReason(code="manufacture", lines=(1, 2)), AddresseeReason(code="import_mark", lines=(2,))),
    ),
    priority="urgent",
    priority_justification="the suspects are in custody until 20 March 2026",
    illicit_grounds=("iti_6a", "iti_6b"),
    legal_justification="Arms Act (sample), article 12: possession without licence.",
    observation=replace(
        _OBSERVATION,
        incident="INC-2026-118204",
        occurred=Occurrence(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), precision="month"),
        place=Place(
            name="Border post (sample)",
            longitude=42.6,
            latitude=11.1,
            accuracy_m=None,
            at_sea=False,
            country="DJI",
            border_distance_m=1_200,
        ),
        conveyance=ConveyanceSeen(mode="road", description="pick-up truck", registration="D-1234"),
        route=RouteStated(),
        recipient=RecipientStated(),
        agencies=(AgencyPresent(name="Customs brigade (sample)", country="DJI", role="lead"),),
        holder="driver",
        boarding_authority=None,
    ),
    items=(
        ReferralItem(
            number=1,
            index=0,
            category="small_arm",
            description="Type 56-1 assault rifle",
            calibre="7.62 × 39 mm",
            quantity=12,
            unit="piece",
            quantity_basis="counted",
            country_of_manufacture="CHN",
            marks=tuple(
                Mark(kind="serial", text=f"56-1 {4_000_000 + 17 * n}", position="receiver", state="intact")
                for n in range(12)
            ),
        ),
        ReferralItem(
            number=2,
            index=2,
            category="small_arm",
            description="Pistol",
            model="NP-22",
            calibre="9 × 19 mm",
            quantity=1,
            unit="piece",
            country_of_manufacture="CHN",
            import_country="CHN",
            import_year="1998",
            marking_state="never_marked",
        ),
        ReferralItem(
            number=3,
            index=3,
            category="ammunition",
            description="Cartridges",
            calibre="7.62 × 39 mm",
            quantity=1400,
            unit="round",
            marks=(Mark(kind="headstamp", text="71 91", position="case head", state="intact"),),
        ),
    ),
    papers=(
        PaperShown(
            kind="end_user_certificate",
            number="EUC/0042",
            issued_on="2025-11-03",
            issuer="Ministry (sample)",
            country="CHN",
            end_user="Guard company (sample)",
            authenticity="unverified",
        ),
    ),
    reply_requested_by=date(2026, 4, 1),
    intended_use="Criminal proceedings and the search for the point of diversion.",
    confidentiality="given",
)

_FRENCH_WORDS = {
    "launch tube, rear": "tube de lancement, arrière",
    "motor body": "corps du propulseur",
    "crate": "caisse",
    "chemical etching": "attaque chimique",
}


def _in_french(mark: Mark) -> Mark:
    position, method = _FRENCH_WORDS.get(mark.position or ""), _FRENCH_WORDS.get(mark.restored_by or "")
    return replace(mark, position=position, restored_by=method)


PANEL_REQUEST_IN_FRENCH = replace(
    PANEL_REQUEST,
    language="fr",
    issuing_body=replace(
        PANEL_REQUEST.issuing_body,
        name="Groupe d’experts (exemple)",
        contact=replace(
            PANEL_REQUEST.issuing_body.contact, name="Coordonnateur du Groupe", office="Secrétariat du Groupe"
        ),
    ),
    observation=replace(
        _OBSERVATION,
        place=replace(_OBSERVATION.place, name="Au large du Yémen"),
        agencies=(AgencyPresent(name="Garde-côtes de l’État côtier", country="YEM", role="lead"),),
        conveyance=ConveyanceSeen(mode="sea", description="boutre", name="Jihan 1"),
        detection="patrouille",
        concealment="compartiments sous les réservoirs de gazole",
        circumstances=(
            "Le boutre a été arrêté et visité. Quatre compartiments sous les réservoirs contenaient les objets "
            "énumérés, emballés dans des caisses et des sacs."
        ),
    ),
    items=tuple(
        replace(item, description=description, quantity_text=None, marks=tuple(map(_in_french, item.marks)))
        for item, description in zip(
            _ITEMS,
            (
                "Systèmes antiaériens portables des types Misagh-2 et SA-7",
                "Roquettes de 122 mm",
                "Explosifs C4 / RDX et matériel pour engins explosifs improvisés",
                "Lance-roquettes du type RPG-7 avec viseurs nocturnes et télémètres",
            ),
            strict=True,
        )
    ),
    intended_use="Rapport du Groupe au Comité et suite des enquêtes du Groupe sur l’envoi.",
    onward_use="le Comité ; INTERPOL",
)


def over_two_incidents(content: ReferralContent) -> ReferralContent:
    """Return the letter with its last line met at a second incident, months later and elsewhere."""
    line = content.items[-1].number
    elsewhere = Observation(
        incident="INC-2014-118203",
        kind="seizure",
        basis="documents",
        occurred=Occurrence(first_day=date(2014, 3, 5), last_day=date(2014, 3, 5), precision="day"),
        place=Place(
            name="A pier in the north", longitude=43.0, latitude=14.8, accuracy_m=500, at_sea=False, country="YEM"
        ),
        route=RouteStated(origin="IRN", destination="SOM", basis="documents"),
        circumstances="The crate stood unclaimed on the pier.",
    )
    told = IncidentTold(
        observation=elsewhere,
        lines=(line,),
        illicit_grounds=("iti_6b",),
        legal_justification="Ports Act, article 9",
        papers=(PaperShown(kind="manifest", number="M77014"),),
        measures=tuple(replace(measure, lines=(line,)) for measure in content.measures[:1]),
        photos=(PhotoShown(kind="photo", lines=(line,), sha256="c" * 64, copy_sha256="d" * 64),),
        custody=(CustodyStep(line=line, number=1, kind="collected", on="2014-03-05", holder="Harbour police"),),
        versions=content.versions,
    )
    return replace(
        content,
        measures=tuple(
            replace(measure, lines=tuple(each for each in measure.lines if each != line))
            for measure in content.measures
        ),
        further=(told,),
    )
