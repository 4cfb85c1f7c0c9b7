"""The papers of a consignment, and the approvals that somebody claims for it."""

from cases.generate.days import dated
from cases.generate.draws import Draw, Fields, spread
from cases.generate.names import organization
from cases.generate.serials import numbered
from cases.generate.situation import Situation

_KINDS = spread(
    (
        ("end_user_certificate", 4), ("bill_of_lading", 5), ("cargo_manifest", 4), ("air_waybill", 2), ("invoice", 3),
        ("packing_list", 2), ("export_licence", 2), ("customs_declaration", 3), ("contract", 1),
    )
)  # fmt: skip
_GENUINE = spread((("unverified", 5), ("authenticated", 2), ("forged", 2), ("disputed", 1), ("missing", 1)))
_APPROVALS = spread(
    (
        ("committee_approval", 3), ("committee_notification", 3), ("no_negative_decision", 1),
        ("government_authorisation", 2), ("standing_exemption", 1),
    )
)  # fmt: skip
_PAPERED = {"sea": 0.15, "border": 0.15, "port": 0.55, "airport": 0.55, "town": 0.04, "field": 0.03, "deal": 0.6}


def documents(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    """Return the papers found or shown."""
    if not draw.chance(_PAPERED[situation.scene.name]):
        return []
    return [_paper(draw, situation) for _ in range(draw.one((1, 1, 2, 3)))]


def authorisations(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    """Return the approvals claimed: rare, and mostly for goods to a State under embargo."""
    if not draw.chance(0.06 if situation.corridor is not None else 0.004):
        return []
    return [{"kind": draw.one(_APPROVALS), **APPROVAL.filled(draw, situation)}]


def _paper(draw: Draw, situation: Situation) -> dict[str, object]:
    record: dict[str, object] = {"kind": draw.one(_KINDS), **PAPER.filled(draw, situation)}
    if record["kind"] == "end_user_certificate" and situation.corridor is not None and draw.random() < 0.6:
        record["end_user"] = f"Ministry named on paper, {situation.corridor.destination}"
    return record


def _issued(draw: Draw, situation: Situation) -> str:
    return dated(draw, situation.day - draw.between(1, 240))


def _approved(draw: Draw, situation: Situation) -> str:
    """Return the day of an approval, now and then one from after the event."""
    return dated(draw, situation.day - draw.between(-20, 120))


PAPER: Fields[Situation] = Fields(
    (0.6, "number", lambda draw, situation: numbered(draw, "AA-9999/Y", situation.year)),
    (0.5, "issued_on", _issued),
    (0.3, "issuer", lambda draw, _: organization(draw)),
    (0.3, "country", lambda draw, situation: draw.one(situation.theatre.trade)),
    (0.5, "authenticity", lambda draw, _: draw.one(_GENUINE)),
)
APPROVAL: Fields[Situation] = Fields(
    (0.6, "reference", lambda draw, situation: numbered(draw, "S/AC/Y/COMM.99", situation.year)),
    (0.6, "on", _approved),
    (0.5, "basis", lambda _, __: "documents"),
)
