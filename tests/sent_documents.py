"""A record as a post would send it, for the tests of every tier; it needs neither Django nor a database."""

from typing import Any


def full_document() -> dict[str, Any]:
    """Return a record with every field of the contract, each with a value."""
    paper = {
        "kind": "end_user_certificate",
        "number": "EUC 12/07",
        "issued_on": "2012-11",
        "issuer": "Office of Supply",
        "country": "XXX",
        "end_user": "Northern Depot",
        "authenticity": "unverified",
        "evidence": "scan-1",
    }
    agency = {"name": "Coast patrol", "kind": "navy", "country": "USA", "role": "lead"}
    return {
        "client_id": "3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10",
        "reference": "DJI-2026-000123",
        "state": "final",
        "kind": "seizure",
        "basis": "observed",
        "occurred_on": "2013-01-23",
        "time_zone": "Asia/Aden",
        "location": {"type": "Point", "coordinates": [52.3, 15.2]},
        "location_accuracy_m": 150000,
        "location_source": "gps",
        "place": "off Yemen",
        "at_sea": True,
        "agency": agency,
        "agencies": [agency | {"kind": "police", "role": "support"}],
        "operation": "Operation Lantern",
        "detection": "patrol",
        "concealment": "hidden compartments",
        "boarding": {
            "authority": "host_state_request",
            "resolution": "S/RES/2216 (2015)",
            "paragraph": "15",
            "grounds": "asked by the coastal State",
            "flag_state_consent": "not_needed",
            "cooperation": "full",
        },
        "conveyance": {
            "mode": "sea",
            "description": "dhow",
            "name": "Morning Star",
            "stateless": False,
            "flag": "YEM",
            "imo": "9074729",
            "mmsi": "473111111",
            "registration": "A-12",
            "operator": "Lantern Lines",
            "owner": "unknown",
            "flight_or_voyage": "7N",
            "containers": ["CSQU3054383"],
            "seals": ["0012 A"],
        },
        "route": {
            "origin": "IRN",
            "transit": ["OMN"],
            "destination": "YEM",
            "departed_on": "2013-01-10",
            "arrived_on": "2013-01-23T05:00:00+03:00",
            "basis": "statement",
            "stops": [{"what": "loaded", "country": "IRN", "place": "pier 4", "unlocode": "IRBND", "on": "2013-01"}],
            "claims": [
                {"what": "destination", "country": "SOM", "recipient_kind": "private", "name": "a trader", "by": "crew"}
            ],
        },
        "consignment": {
            "customs_procedure": "transit",
            "declared_description": "machine parts",
            "declared_hs": "848790",
            "declared_weight_kg": 1200,
            "found_weight_kg": 1180.5,
        },
        "documents": [paper],
        "authorisations": [
            {
                "kind": "committee_approval",
                "regime": "libya-2011",
                "reference": "C/12",
                "on": "2013-01-01",
                "basis": "documents",
            }
        ],
        "recipient": {
            "kind": "non_governmental_force",
            "name": "Houthis",
            "country": "YEM",
            "branch": "security_forces",
            "authorised_by_government": "unknown",
            "acts_for": "nobody",
            "basis": "assessment",
        },
        "parties": [
            {
                "role": "consignee",
                "kind": "organization",
                "name": "Lantern Trading",
                "name_original": "شركة الفانوس",
                "aliases": ["Lantern"],
                "country": "YEM",
                "born_on": "1970",
                "sex": "unknown",
                "nationality": ["YEM", "YMD"],
                "residence": "OMN",
                "documents": [paper],
                "registration_number": "77",
                "address": "Pier 4",
                "status": "unknown",
            }
        ],
        "context": ["terrorism"],
        "illicit_grounds": ["iti_6b"],
        "legal_justification": "S/RES/2216 (2015), 14",
        "circumstances": "boarded at dawn\nno resistance",
        "items": [
            {
                "id": "5b1c1f0e-2f63-4a6e-8f3b-7f0e1d2c3b4a",
                "category": "missile",
                "subtype": "manpads",
                "description": "man-portable air-defence system",
                "quantity": 10,
                "unit": "piece",
                "quantity_basis": "counted",
                "quantity_text": "ten",
                "make": "M",
                "model": "2",
                "calibre": "72 mm",
                "manufacture": "industrial",
                "lethality": "lethal",
                "country_of_manufacture": "SUN",
                "year_of_manufacture": 1989,
                "import_mark": {"country": "YMD", "year": 1990},
                "hs_code": "930690",
                "serial_number": " 01 23",
                "marking_state": "partial",
                "marks": [
                    {
                        "kind": "serial",
                        "text": "01 2?",
                        "position": "tube",
                        "state": "restored",
                        "restored_by": "laboratory",
                        "method": "stamped",
                        "certainty": "probable",
                        "photo": "photo-1",
                    }
                ],
                "ammunition": {
                    "headstamp": [{"text": "60", "clock": 12}],
                    "lot": "7-89",
                    "year": 1989,
                    "packaging_marks": ["LOT 7"],
                    "net_explosive_kg": 1.25,
                    "hazard_division": "1.1E",
                },
                "disposition": {"status": "held", "on": "2013-01-24", "place": "depot", "certificate": "D-1"},
            }
        ],
    }
