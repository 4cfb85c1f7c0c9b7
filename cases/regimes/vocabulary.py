"""The closed words a regime file may use."""

from typing import Literal, get_args

RegimeStatus = Literal["in_force", "in_force_contested", "terminated"]
DatePrecision = Literal["day", "month", "year"]
TargetKind = Literal["state", "territory_region", "non_governmental_forces", "persons_entities"]

GoodsClass = Literal[
    "arms_and_related_materiel",
    "small_arms_light_weapons",
    "ammunition",
    "military_vehicles_equipment",
    "paramilitary_equipment",
    "police_equipment",
    "spare_parts",
    "register_major_arms",  # the seven categories of the UN Register of Conventional Arms
    "register_parts",  # parts and related materiel of those categories only
    "ballistic_missiles",  # missile technology: ballistic and cruise systems and their components
    "arms_except_small_arms_light_weapons",
    "ied_components",
    "heavy_weapons",  # with the ammunition for them
    "mines",
    "military_aircraft",
    "helicopters",
    "lethal_arms",
    "armed_forces_capability_items",
    "arms_manufacture_materials",
    "all_goods",
]
Service = Literal[
    "training",
    "technical_assistance",  # technical advice and technical training among it
    "financing",
    "mercenaries",
    "brokering",
    "maintenance",
    "licensing",
    "investment",
    "other_assistance",
    "hosting_trainers",
    "personnel",
    "general_services",
]
Direction = Literal["to_target", "from_target", "to_and_from_target"]
MeasureStatus = Literal["binding", "contested", "suspended", "non_binding"]
RecipientScope = Literal[
    "everyone_in_territory",
    "state_all_recipients",
    "non_governmental_forces",
    "other_than_government_authorised",
    "other_than_government_security_forces",
    "other_than_occupying_authority",
    "designated_parties",
    "belligerents_in_region",
    "territory_under_group_control",
    "any_procurer",
]
AmendmentEffect = Literal[
    "widens", "narrows", "renews", "restates", "carves_out", "reapplies", "suspends", "continues", "ends"
]
Procedure = Literal[
    "standing",
    "notify",
    "no_negative_decision",
    "approve",
    "approve_council",
    "authorised_by_government",
    "notify_government",
]
DutyKind = Literal[
    "inspect",
    "inspect_territorial_waters",
    "inspect_high_seas",
    "halt_inspect",
    "use_all_measures",
    "seize",
    "dispose",
    "report",
    "further_report",
    "report_disposal",
    "seek_approval",
    "notify_transfer",
    "divert_to_port",
    "deny_services",
    "deny_port",
    "seize_vessel",
    "prevent",
    "border_control",
    "monitor",
    "end_use_control",
    "supply_controls",
]
DutyForce = Literal["shall", "authorised", "called_upon", "mandated"]
DutyHolder = Literal[
    "inspecting_state",
    "seizing_state",
    "flag_state",
    "port_state",
    "supplying_state",
    "neighbouring_states",
    "all_states",
    "target_government",
    "mission",
    "regional_organisation",
]
# The stops that a duty or power speaks of.
DutyPlace = Literal["anywhere", "territory", "at_sea", "high_seas", "territorial_sea"]
Addressee = Literal["committee", "panel", "security_council", "secretary_general", "flag_state", "target_government"]
ClockStart = Literal["inspection", "finding", "disposal", "delivery", "refusal"]
InspectionArea = Literal["off-somalia", "high-seas-off-libya"]

# The vocabularies as plain sets, for those who must handle every word of one.
GOODS_CLASSES: frozenset[str] = frozenset(get_args(GoodsClass))
SERVICES: frozenset[str] = frozenset(get_args(Service))
RECIPIENT_SCOPES: frozenset[str] = frozenset(get_args(RecipientScope))
PROCEDURES: frozenset[str] = frozenset(get_args(Procedure))
DUTY_KINDS: frozenset[str] = frozenset(get_args(DutyKind))
