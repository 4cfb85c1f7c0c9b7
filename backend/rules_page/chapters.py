"""The twenty rules in our own words, and which published sentences speak for each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """One rule: what it says, and patterns of the ids of the sentences by which a result shows it."""

    id: str
    title: str
    text: str
    sentences: tuple[str, ...] = ()


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "R1",
        "The date that governs",
        "An embargo forbids a transfer, so the day of the transfer decides, not the day on which somebody found "
        "the goods. The engine works with a window, from the earliest to the latest day on which the transfer can "
        "have happened. Stated days of departure and arrival give it. Goods that were still under way when they "
        "were stopped are judged on the day of the stop, also when they had only been ordered, paid for or "
        "packed; if they had set out before a change of phase, the outcome is possible unless both phases say the "
        "same. For goods found at rest the window ends with the find and begins with the youngest thing known of "
        "them: year of manufacture or lot, import mark, last lawful holder. A window wholly inside a phase meets "
        "the condition, one wholly outside contradicts it, and one that crosses an edge leaves the transfer date "
        "unknown.",
        (
            "in_force.throughout",
            "in_force.attempted",
            "in_force.partly",
            "in_force.before_start",
            "in_force.after_end",
        ),
    ),
    Chapter(
        "R2",
        "Found inside an embargoed territory",
        "Where nothing but the place of the find points to an embargo, the finding is possible at most, and asks "
        "when and by whom the goods were brought in. It is counted, but stays off work lists and out of letters "
        "until another fact joins: a route, a recipient, a lot, three or more firearms, anything military. Goods "
        "made after a ban on everybody in the territory began must have come in under it, which is more than "
        "place: that is indicated. Where the ban leaves somebody lawful stocks, young goods are still only "
        "possible: they may have leaked.",
        (
            "direction.brought_in",
            "direction.found_in_target",
            "direction.found_maybe_in_target",
            "direction.made_after_start",
            "flag.place_only",
        ),
    ),
    Chapter(
        "R3",
        "Made before the embargo",
        "Old arms are traded too. Manufacture before an embargo contradicts nothing; it only leaves the window "
        "open towards the past. The other way round, goods found after an embargo ended are not indicated unless "
        "the transfer itself is dated inside it; where the window reaches back into the embargo, a flag says so.",
        (
            "in_force.ended_before_find",
            "flag.earlier_phase",
        ),
    ),
    Chapter(
        "R4",
        "Whom a measure binds as recipient",
        "Some bans cover everybody in a territory, some only forces that are not the government's, some only "
        "listed parties. The kind of recipient is read against the scope of each measure: met, contradicted, open "
        "to an exemption, or unknown. Where the recipient is a condition and nobody knows who it was, the finding "
        "is possible and names the question; where it is none, an unknown recipient changes nothing. Where only a "
        "region is covered, goods must be bound for it, or the group must be of it.",
        (
            "recipient.no_condition",
            "recipient.bound",
            "recipient.not_bound",
            "recipient.authoris*",
            "recipient.not_authorised",
            "recipient.branch_unknown",
            "recipient.status_unknown",
            "recipient.unknown",
            "recipient.possibly_region",
            "recipient.foreign_government",
            "target.whole_state",
            "target.region_*",
            "target.group_of_region",
        ),
    ),
    Chapter(
        "R5",
        "Governments as recipients",
        "Under an embargo on others than the government, a government recipient contradicts the measure, and a "
        "flag warns of diversion where its end-user certificate is missing, forged or unverified. Under an "
        "embargo on the whole territory that can be lifted case by case, a government recipient is indicated, "
        "with the way to approval listed as not claimed. Which of two rival governments is meant is never "
        "guessed: that is a regional authority.",
        (
            "recipient.not_bound",
            "flag.diversion_risk",
            "flag.forged_certificate",
        ),
    ),
    Chapter(
        "R6",
        "Transit, flag and nationality",
        "A State through which goods pass is never the target of a ban on supply. Passing through the target of "
        "an export ban may count as leaving it, and is possible. Transit State, flag and nationality say who owes "
        "a duty; they tie an incident to a measure only where the text of an export ban reaches nationals, "
        "vessels and aircraft.",
        (
            "direction.transit_*",
            "direction.flag_of_target",
            "direction.national_of_target",
        ),
    ),
    Chapter(
        "R7",
        "Place as a tie",
        "Only when neither destination nor recipient country is stated may the place speak. On land it must lie "
        "inside the target or within reach of its border (50 km unless the agency sets another), with at least "
        "three firearms, 500 rounds or anything military; less gives a flag, no finding. At sea the position with "
        "its accuracy must touch the target's territorial sea or exclusive economic zone, or waters that the "
        "regime's own inspection authority names. A stateless craft without destination makes each such regime "
        "possible and none indicated. A stated destination elsewhere contradicts, unless somebody names the "
        "target.",
        (
            "direction.near_target",
            "direction.in_*",
            "direction.place_too_weak",
            "direction.destination_in_target",
            "direction.destination_elsewhere",
            "direction.unloaded_in_target",
            "direction.recipient_in_target",
            "direction.recipient_beyond_destination",
            "direction.recipient_elsewhere",
            "direction.consignee_in_target",
            "direction.no_tie_to_supply",
            "flag.near_embargoed_territory",
        ),
    ),
    Chapter(
        "R8",
        "Export bans",
        "What counts is that the goods left the target's territory in the window: stated origin, a stop where "
        "they were loaded, seals, packing. Then the finding is indicated whatever destination or recipient, and "
        "also where the goods had been made elsewhere. Manufacture in the target alone is possible; goods that "
        "are dated to before the ban contradict it.",
        (
            "direction.from_target",
            "direction.loaded_in_target",
            "direction.made_in_target",
            "direction.made_before_ban",
            "direction.origin_elsewhere",
            "direction.found_bound_out",
            "direction.leaves_target",
            "direction.not_left",
            "direction.enters_target",
            "direction.no_tie_to_origin",
        ),
    ),
    Chapter(
        "R9",
        "Designated parties",
        "A listed party is bound wherever it is. It counts from the day of its listing, so a transfer before that "
        "day is not met, and the result says since when the party has been listed. A group that the Council has "
        "named without giving it an entry counts through its regime. A name that resembles a listed one without "
        "being near enough is possible, with the score. A listed consignor, owner or financier is no arms "
        "finding: that is a notice of its own, about frozen assets.",
        (
            "names.*",
            "designations.*",
            "recipient.*listed*",
            "recipient.listing_*",
            "recipient.delisted",
            "recipient.group_*",
            "recipient.acts_for_*",
            "recipient.no_listed_party",
            "direction.to_listed_party",
            "direction.to_group_of_target",
            "target.no_territory",
            "flag.designated_*",
        ),
    ),
    Chapter(
        "R10",
        "Exemptions",
        "An exemption is never passed over in silence, and never counts as an unknown condition. One that stands "
        "by itself and fits recipient and goods gives exemption claimed, and asks whether the goods are for that "
        "use alone. One that needs a paper counts only through a stated authorisation: with reference and a day "
        "before the transfer it is claimed, with a later day the finding stays indicated and says so, and if "
        "nobody mentions it the exemption is listed as not claimed. Exempted goods found with somebody else than "
        "the declared user are not exempt.",
        (
            "exemption.*",
            "procedure.*",
        ),
    ),
    Chapter(
        "R11",
        "Contested, suspended, non-binding, stale",
        "Where States disagree whether a measure is in force (Iran since September 2025), the outcome follows the "
        "Secretariat's reading, the status says contested, and every reading is shown. A suspended measure is not "
        "indicated and says why. Requests and calls give a flag, never a finding. After the last day that the "
        "last renewal seen covers, the outcome is given as if renewed and a flag asks for a look at later texts.",
        (
            "status.*",
            "flag.needs_refresh",
            "flag.non_binding_call",
            "flag.stale_list",
        ),
    ),
    Chapter(
        "R12",
        "Goods",
        "Every measure on arms and related materiel takes arms of all types with their ammunition, parts and "
        "military vehicles, hunting and sporting arms among them. Military explosives are met, commercial ones "
        "open; a blank-firing pistol asks whether it converts; optics, radios, armour plate and dual-use goods "
        "are met only where the text reaches such equipment. Narrower measures (major systems of the UN Register, "
        "missile technology, small arms and light weapons) take what their text names, and what a category alone "
        "leaves undecided stays unknown. Narcotics, minerals, cash and other goods never make an arms finding. A "
        "customs heading or a munitions-list entry speaks only where no category is recorded, and a declared one "
        "never contradicts what was found.",
        (
            "goods.*",
            "flag.civilian_type",
            "flag.trade_embargo",
        ),
    ),
    Chapter(
        "R13",
        "Disputed facts",
        "What somebody claims beside the record, and what is only alleged, gives a tie and at most possible. "
        "Where papers and physical evidence disagree, the evidence is the fact and the papers are the claim: "
        "false papers are usual.",
        (
            "basis.*",
            "direction.*_alleged",
            "direction.*_disputed",
            "direction.*_claimed",
            "recipient.alleged",
        ),
    ),
    Chapter(
        "R14",
        "Movement inside, and outflow",
        "Moving goods within one territory counts only where the text says so, as for Darfur. Otherwise origin "
        "and destination inside the same target leave open where the goods were before. Goods that came out of a "
        "target without an export ban are no finding under that regime but a flag, and the receiving side's "
        "regimes are read.",
        (
            "direction.within_target",
            "direction.into_region",
            "direction.has_left_target",
            "flag.outflow_from_embargoed_territory",
        ),
    ),
    Chapter(
        "R15",
        "Partial dates",
        "A year or a month that straddles a change meets the condition only if every day of it gives the same "
        "answer. Otherwise the finding is possible and names the change.",
        (
            "in_force.same_answer",
            "in_force.partly",
        ),
    ),
    Chapter(
        "R16",
        "States that came and went",
        "Codes of former States are read on the day: the table of States below says which present-day units each "
        "code stood for, and from when until when.",
    ),
    Chapter(
        "R17",
        "Duties",
        "What follows by law is addressed to whoever owes it: the State that inspected or seized, the flag State, "
        "all States, a mission. Only shall makes an obligation, and only a clock that the text gives runs; what a "
        "text authorises is a power, what it calls for an appeal. A mere report of events creates no duty.",
        ("duty.*",),
    ),
    Chapter(
        "R18",
        "The day of adoption",
        "Resolutions take effect on New York days. A stop dated the day before or after a change, in a time zone "
        "that nobody stated, is treated like a date that straddles the change.",
        ("in_force.next_to_change",),
    ),
    Chapter(
        "R19",
        "Unknown is not no",
        "Each condition is yes, no or unknown. Taking a fact away never makes a finding indicated and never "
        "contradicts a condition; if it was the last tie, the measure becomes untied. The four outcomes are "
        "derived from conditions, tie and exemptions in one place. Each unknown carries the question that would "
        "settle it; the table of questions below lists them.",
    ),
    Chapter(
        "R20",
        "Lists have dates",
        "A list holds the names of its day. It says nothing of who else was listed, or not, on an earlier day "
        "unless an edition from then was loaded; the result says that the day is not covered, and never that a "
        "party was not listed.",
        (
            "designations.day_not_covered",
            "designations.listing_open",
            "recipient.listing_*",
            "flag.stale_list",
        ),
    ),
)
