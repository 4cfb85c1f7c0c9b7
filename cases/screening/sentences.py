"""The English sentence of every rule id, and of every question; other languages translate these, never the bytes."""

# A rule id, once published, is never renamed. Placeholders are the params of the reason that carries the rule.
SENTENCES: dict[str, str] = {
    # in force (R1, R3, R11, R15, R18)
    "in_force.throughout": "The measure was in force on every day on which the transfer can have happened ({window}).",
    "in_force.same_answer": (
        "The measure changed on {change}, inside the days in question ({window}); before and after, the answer is the same."
    ),
    "in_force.attempted": (
        "The goods were stopped before or on their way; the attempt is judged on the day of the stop ({window}), "
        "when the measure was in force."
    ),
    "in_force.partly": (
        "The transfer can have happened on days when the measure was in force and on days when it was not ({window}; "
        "in force {in_force})."
    ),
    "in_force.next_to_change": (
        "The stated day is next to the day of the change ({change}); Council resolutions take effect on New York days, "
        "and the time zone is not known."
    ),
    "in_force.before_start": "The measure was imposed later: it has been in force since {start}.",
    "in_force.after_end": "The measure had ended: it was in force until {end}.",
    "in_force.ended_before_find": (
        "The measure had ended on {end}, before the goods were found, and nothing dates the transfer to an earlier day."
    ),
    "status.suspended": "The measure was suspended on the day in question.",
    "status.non_binding": "The text asks or calls upon States; it does not bind, and gives no finding.",
    "status.contested": "States do not agree whether the measure is in force. {reading}",
    # goods (R12)
    "goods.covered": "{goods} are within the goods that the measure covers.",
    "goods.service_covered": "{goods}: the measure covers this service.",
    "goods.undecided": "Whether {goods} fall within the goods that the measure covers is not known.",
    "goods.not_covered": "None of the goods recorded ({goods}) fall within the goods that the measure covers.",
    "goods.none_found": "No goods were found.",
    "goods.not_recorded": "No goods are recorded.",
    "goods.not_inspected": "The inspection was refused; what the cargo is, is not known.",
    # direction: supply to the target (R6, R7, R13, R14)
    "direction.destination_in_target": "The stated destination ({country}) is the target.",
    "direction.unloaded_in_target": "A stop at which goods were unloaded ({country}) is in the target.",
    "direction.recipient_in_target": "No destination is stated; the recipient is in the target ({country}).",
    "direction.destination_alleged": "That the destination is {country} is only alleged.",
    "direction.destination_disputed": (
        "The stated destination is {stated}; {by} names {country}, which is the target."
    ),
    "direction.recipient_beyond_destination": (
        "The stated destination is {stated}, on the way to a recipient in the target ({country})."
    ),
    "direction.destination_claimed": "No destination is stated; {by} names {country}, which is the target.",
    "direction.consignee_in_target": "No destination is stated; the {role} is in the target ({country}).",
    "direction.within_target": (
        "Origin and destination both lie in {country}; the measure is engaged only if the goods came in from outside."
    ),
    "direction.brought_in": ("The goods came from {origin} and were found at rest inside the target ({country})."),
    "direction.made_after_start": (
        "The goods were made in {made}, after the measure began on {start}, and were found inside the target "
        "({country}): they came in later."
    ),
    "direction.made_in_earlier_phase": (
        "The goods were made in {made}; supply has been banned without a break since {start}, and they were found inside "
        "the target ({country}): they came in under the ban."
    ),
    "direction.found_in_target": (
        "The goods were found inside the target ({country}); when, from where and by whom they came in is not known."
    ),
    "direction.found_maybe_in_target": (
        "Given its accuracy, the place of the find may lie inside the target ({country}); nothing else is known of the route."
    ),
    "direction.found_in_disputed_area": (
        "The goods were found in an area on which views differ; by one of them it belongs to the target ({country})."
    ),
    "direction.near_target": (
        "No destination is stated; the place lies {distance_m} m from the target ({country}), and the quantity or kind "
        "is more than a traveller's."
    ),
    "direction.in_waters_of_target": "No destination is stated; the place lies, or may lie, in waters of the target ({zone}).",
    "direction.in_inspection_area": (
        "No destination is stated; the place lies, or may lie, in an area that the regime's inspection authority names ({zone})."
    ),
    "direction.destination_elsewhere": "The stated destination is {country}, not the target.",
    "direction.recipient_elsewhere": "The recipient is in {country}, not in the target, and no destination is stated.",
    "direction.leaves_target": "The goods came from inside {country}; whether they were going elsewhere in it is not known.",
    "direction.transit_only": "{country} is only a transit State; a ban on supply binds for its target, not for transit.",
    "direction.no_tie_to_supply": "Only {what} points to {country}; nothing says that the goods were going there.",
    "direction.place_too_weak": (
        "The place lies near the target ({country}), but the quantity and kind are too small for the place alone to tie."
    ),
    "direction.to_listed_party": "The measure binds towards the party wherever it is.",
    # direction: procurement from the target (R6, R8)
    "direction.from_target": "The goods left the target: the stated origin is {country}.",
    "direction.loaded_in_target": "The goods were loaded or packed in the target ({country}).",
    "direction.origin_alleged": "That the origin is {country} is only alleged.",
    "direction.origin_disputed": "The stated origin is {stated}; {by} names {country}, which is the target.",
    "direction.origin_claimed": "No origin is stated; {by} names {country}, which is the target.",
    "direction.transit_through_target": (
        "The goods passed through the target ({country}); whether they count as coming from its territory is not known."
    ),
    "direction.found_bound_out": "The goods were found in the target ({country}) on their way to {destination}; where they came from is not known.",
    "direction.made_in_target": "The goods were made in the target ({country}); when and how they left it is not known.",
    "direction.flag_of_target": "The conveyance flies the flag of the target ({country}), which the text reaches; the origin is not known.",
    "direction.flag_of_target_elsewhere": (
        "The stated origin is {stated}, but the conveyance flies the flag of the target ({country}), which the text reaches; "
        "who supplies the goods is not known."
    ),
    "direction.national_of_target": (
        "A party is a national of the target ({country}), which the text reaches; the origin is not known."
    ),
    "direction.origin_elsewhere": "The stated origin is {country}, not the target.",
    "direction.made_before_ban": "The goods were made in {made}, before the measure began on {start}.",
    "direction.to_group_of_target": "{group} is named, which counts under the regime; where the goods were going is not known or is doubtful.",
    "direction.into_region": "The goods were moved inside {country} from {place} towards the region that the measure covers, which its text forbids too.",
    "direction.has_left_target": "The goods came out of {country} and were found outside it; the measure concerns supply to it.",
    "direction.not_left": "The goods were found inside {country}; whether they were on their way out of it is not known.",
    "direction.enters_target": "The goods were going into {country}; the measure concerns what comes out of it.",
    "direction.no_tie_to_origin": "Only {what} points to {country}; nothing says that the goods came from there.",
    # disputed areas: every view that changes the outcome
    "view.in_target": "By one view the place lies in {country}, which the measure concerns: {basis}.",
    "view.elsewhere": "By another view the place lies in {country}, which the measure does not concern: {basis}.",
    # target (R4 regions, R9)
    "target.whole_state": "The measure covers the whole of {country}.",
    "target.region_found": "The goods were found in {region}, which the measure names.",
    "target.region_named": "The stated route names {region}, which the measure covers.",
    "target.group_of_region": "{group} is a belligerent of the region that the measure covers.",
    "target.region_unknown": "Whether the goods were going into the part of {country} that the measure covers is not known.",
    "target.region_elsewhere": "The goods were found at rest in {region}, outside the part of {country} that the measure covers.",
    "target.no_territory": "The measure binds towards listed parties, wherever they are.",
    # recipient (R4, R5, R9)
    "recipient.no_condition": "The measure binds whoever the recipient is.",
    "recipient.bound": "The measure binds for a recipient of this kind ({kind}).",
    "recipient.group_named": "{name} is a group that the Council has named or that counts under the regime ({group}).",
    "recipient.acts_for_group": "The recipient acts for {group}, which the Council has named or that counts under the regime.",
    "recipient.not_bound": "The recipient is {kind}; the measure binds others.",
    "recipient.group_perhaps": "{name} may be {group}, which the Council has named or that counts under the regime.",
    "recipient.foreign_government": "The recipient is another State's Government ({country}); whether it is bound is not known.",
    "recipient.government_of_unknown_state": "The recipient is a Government; whether it is that of the target is not known.",
    "recipient.listed_elsewhere": "The recipient is {group}, which counts under another regime.",
    "recipient.authorised": "The recipient is authorised by the Government; the measure binds others.",
    "recipient.not_authorised": "The recipient is not authorised by the Government.",
    "recipient.authorisation_unknown": "Whether the recipient ({kind}) is authorised by the Government is not known.",
    "recipient.branch_unknown": "Whether the recipient is among the Government's security forces is not known.",
    "recipient.status_unknown": "Whether a recipient of this kind ({kind}) is bound by the measure is not known.",
    "recipient.unknown": "The recipient is not known, and the measure binds only some.",
    "recipient.alleged": "Who the recipient is ({kind}) is only alleged.",
    "recipient.listing_unknown": (
        "The measure binds listed parties; whether {name} was listed on the day cannot be said from the lists loaded."
    ),
    "recipient.not_listed_kind": "The recipient is {kind} and nothing says that it is, or acts for, a listed party.",
    "recipient.no_listed_party": "The measure binds listed parties wherever they are, and none is named here.",
    "recipient.possibly_region": "A recipient of this kind ({kind}) is bound only for goods that go into the region.",
    "recipient.is_listed": "{name} matches {listed} ({reference_number}; score {score}), listed since {listed_on}.",
    "recipient.acts_for_listed": "The recipient acts for {name}, which matches {listed} ({reference_number}; score {score}), listed since {listed_on}.",
    "recipient.perhaps_listed": "{name} resembles {listed} ({reference_number}) with a score of {score}; a person must say whether they are the same.",
    "recipient.listing_open": "{name} matches {listed} ({reference_number}; score {score}); whether it was listed on the day ({window}) cannot be said from the lists loaded.",
    "recipient.listed_later": "{name} matches {listed} ({reference_number}; score {score}), listed since {listed_on}, after the day in question ({window}).",
    "recipient.delisted": "{name} matches {listed} ({reference_number}; score {score}), no longer on the list generated on {gone_on}, before the day in question ({window}).",
    # basis (R13)
    "basis.allegation": "The incident rests on an allegation.",
    # names: why a stated name and a listed one are held to be alike, or not
    "names.same": "The name is that of {listed}, capitals, accents, titles and script aside.",
    "names.same_after_transliteration": "The name has the sounds of {listed}, as its script writes them, or differs by the particles between its words.",
    "names.tokens_in_other_order": "The name has the words of {listed} in another order.",
    "names.joined_or_split": "The name has the words of {listed}, written together or apart.",
    "names.sounds_alike": "The name sounds like {listed} and is spelt another way.",
    "names.spelling_differs": "The name differs from {listed} by few letters.",
    "names.initials": "The name agrees with {listed}, initials standing for names.",
    "names.short_form": "The name agrees with {listed}, with a short form or a form of another language.",
    "names.parts_missing": "Every word of the shorter of the two names, this one and {listed}, is in the longer.",
    "names.acronym": "One of the two names, this one and {listed}, is made of the initials of the other.",
    "names.legal_form_differs": "The name is that of {listed}; only the legal form is written another way or left out.",
    "names.numeral_missing": "The name is that of {listed}, but only one of the two carries a number.",
    "names.numeral_differs": "The words are those of {listed}, but the numbers differ.",
    "names.branch_differs": "The words are those of {listed}, but the remarks in brackets differ.",
    "names.legal_forms_contradict": "The words are those of {listed}, but the legal forms are of different kinds.",
    "names.father_and_son_swapped": "The words are those of {listed}, but the first name of one is the father's name of the other.",
    "names.partly_alike": "Only part of the name agrees with {listed}.",
    # designations (R9, R20): beside the rule of the name, what speaks for or against it, and what the list says of the day
    "designations.number_equal": "The number {number} ({fact}) is the listed party's.",
    "designations.number_differs": "The number {stated} is not the listed one ({listed}).",
    "designations.birth_agrees": "The year of birth agrees ({stated}; listed: {listed}).",
    "designations.birth_contradicts": "The year of birth differs ({stated}; listed: {listed}).",
    "designations.country_agrees": "The country agrees ({country}).",
    "designations.country_differs": "It is an authority of another country ({stated}; listed: {listed}).",
    "designations.name_alone_weak": "This name alone does not suffice to identify {listed}.",
    "designations.name_shared": "{count} listed persons bear this name; it does not say which of them is meant.",
    "designations.listed_on_day": "{reference_number} has been listed since {listed_on}; it counts as listed on the day in question ({window}).",
    "designations.listed_later": "{reference_number} has been listed since {listed_on}, after the day in question ({window}).",
    "designations.delisted": "{reference_number} no longer stands in the list generated on {gone_on}, before the day in question ({window}).",
    "designations.listing_open": "Whether {reference_number} (listed since {listed_on}) was listed on the day in question ({window}) cannot be said from the lists loaded.",
    "designations.day_not_covered": (
        "No edition of {list} from that day or before is loaded (the newest is of {newest}); it says nothing of who else was listed."
    ),
    # exemptions (R10)
    "exemption.standing_met": "The facts meet a standing exemption; it holds only for the use it names.",
    "exemption.authorised_before": "An authorisation ({reference}, {on}) is stated from before the transfer.",
    "exemption.authorisation_incomplete": "An authorisation is stated, without its reference or its date.",
    "exemption.authorised_after": "The authorisation stated ({reference}, {on}) was given after the event.",
    "exemption.not_claimed": "The facts do not mention this exemption.",
    "exemption.authorisation_refused": "The authorisation sought ({reference}) was refused.",
    "exemption.authorisation_forged": "The authorisation shown ({reference}) proved forged.",
    "exemption.for_others": (
        "The exemption is for others than a recipient of this kind ({kind}); what is supplied under it is not to be passed on."
    ),
    "exemption.for_other_goods": "The exemption is for other goods; a paper under it does not answer for {category}.",
    # what an exemption asks for, and by when (R10)
    "procedure.standing": "It holds by itself, for the use that it names; nothing has to be filed.",
    "procedure.notify": "The Committee must have been notified before the transfer ({transfer}).",
    "procedure.no_negative_decision": (
        "The Committee must have been notified before the transfer ({transfer}), and must not have decided against it."
    ),
    "procedure.approve": "The Committee must have approved it before the transfer ({transfer}).",
    "procedure.approve_council": "The Security Council must have approved it before the transfer ({transfer}).",
    "procedure.authorised_by_government": "The Government must have authorised it before the transfer ({transfer}).",
    "procedure.notify_government": "The Government must have been told before the transfer ({transfer}).",
    # duties (R17)
    "duty.obligation": "An obligation: the text says that it shall be done.",
    "duty.power": "A power, not an obligation: the text authorises it.",
    "duty.appeal": "An appeal, not an obligation: the text calls upon States.",
    "duty.task": "A task that the Council has given.",
    "duty.undertaking": "An undertaking of States in a political instrument; it names no day.",
    # flags
    "flag.border_80_km": "Recovered {distance_m} m from an international land border (within 80 km).",
    "flag.customs_or_border_officials": "Recovered by customs or border officials.",
    "flag.three_or_more_firearms": "Three or more firearms were recovered together ({count}).",
    "flag.terrorism_related": "The context recorded includes terrorism.",
    "flag.possessor_resident_abroad": "The possessor is resident abroad ({country}).",
    "flag.near_embargoed_territory": "The place lies {distance_m} m from {country}, a territory under the regime {regime}.",
    "flag.outflow_from_embargoed_territory": (
        "The goods came out of {country}, a territory under the regime {regime}, which bans supply to it but not export from it."
    ),
    "flag.diversion_risk": (
        "The Government of {country} is outside the measure; the end-user certificate is {certificate}."
    ),
    "flag.civilian_type": "Hunting, sporting or civilian-type arms or cartridges count as arms; panels have treated them so.",
    "flag.earlier_phase": "The measure {measure} ended on {end}; the transfer may lie in the time when it was in force.",
    "flag.trade_embargo": "A general trade embargo ({measure}) covered goods that are no arms; only its arms limb gives findings.",
    "flag.non_binding_call": "A non-binding text ({measure}) asks States to act; it gives no finding.",
    "flag.forged_certificate": "An end-user certificate among the papers proved forged (given for {country}).",
    "flag.mark_seen_elsewhere": "The mark {mark} stands in another incident too ({reference}); check for a duplicate or a misreading.",
    "flag.marking_inconsistent": (
        "Check the identification: {model} is usually {usual}, and the record says {stated}. Conversions and misreadings exist."
    ),
    "flag.needs_refresh": (
        "The last renewal seen of {regime} runs to {until}; the outcome is given as if it had been renewed. Check for a later text."
    ),
    "flag.designated_party_asset_freeze": (
        "{name} ({role}) matches {listed} ({reference_number}), listed on the day: its funds and economic resources are to be frozen, whether or not an arms measure is engaged."
    ),
    "flag.designated_party_named": "{name} ({role}) matches {listed} ({reference_number}), listed on the day; the listing entails: {consequences}.",
    "flag.designated_vessel": "The vessel {name} matches {listed} ({reference_number}), designated by the 1718 Committee; the designation entails: {consequences}.",
    "flag.stale_list": "The newest edition of {list} loaded is of {newest}, more than {days} days older than the incident; names were compared with it. Import a newer one.",
    "flag.place_only": "The finding on {measure} rests on the place alone until another fact joins.",
}

# What an unknown is called in a result, and the question that would settle it.
QUESTIONS: dict[str, str] = {
    "transfer_date": "On which day, or between which days, were the goods supplied, sold or shipped?",
    "goods": "What exactly are the goods: make, model, calibre, military or civilian design?",
    "route.destination": "Where were the goods going?",
    "route.origin": "Where did the goods come from: where were they loaded, packed or sealed?",
    "supplier": "Who sold or gave the goods, and on whose behalf did the carrier act?",
    "earlier_place": "Where were the goods before: did they come in from outside, when, and by whom were they brought in?",
    "destination_region": "Into which part of the country were the goods to go?",
    "recipient.kind": "Who was to receive the goods?",
    "recipient.name": "Who exactly is the recipient, and for whom does it act?",
    "recipient.listed": "Was the recipient, or anyone it acts for, on the list on that day?",
    "recipient.authorised_by_government": "Had the Government authorised the recipient to have the goods?",
    "recipient.branch": "Which branch of the Government was to receive the goods?",
    "place": "Where exactly was the place, and how accurate is the position?",
    "disputed_area": "On which view of whose land the disputed area is should the outcome rest?",
    "basis": "What independent source confirms the allegation?",
    "exemption_use": "Are the goods solely for the use that the exemption names?",
    "authorisation": "Which reference and date does the authorisation carry, and was it given before the transfer?",
}
