"""Every page of the console, so that none is left out of what is tried on all of them."""

from django.urls import URLPattern, get_resolver

from cases.models import Case, Incident, Referral

# Every page that a browser may be sent to; the rest of the addresses are buttons.
PAGES = {
    "console:home": "/",
    "console:account": "/account/",
    "console:notifications": "/notifications/",
    "console:record": "/record/",
    "console:record_shell": "/record/shell/",
    "console:pocket": "/pocket/",
    "console:pocket_shell": "/pocket/shell/",
    "console:incidents": "/incidents/",
    "console:map": "/map/",
    "console:flows": "/map/flows/",
    "console:obligations": "/obligations/",
    "console:changes": "/changes/",
    "console:incident": "/incidents/{reference}/",
    "console:filters": "/incidents/filters/",
    "console:search": "/search/?q=INC",
    "console:work": "/work/",
    "console:work_review": "/work/review/",
    "console:work_referrals": "/work/referrals/",
    "console:work_overdue": "/work/overdue/",
    "console:work_marks": "/work/marks/",
    "console:work_readings": "/work/readings/",
    "console:mark_readings": "/incidents/{reference}/items/0/readings/",
    "console:regimes": "/regimes/",
    "console:regime": "/regimes/iran-2006/",
    "console:rulebooks": "/regimes/versions/",
    "console:zones": "/zones/?kind=custom",
    "console:zone": "/zones/custom:quiet-bay/",
    "console:import_zones": "/zones/import/",
    "console:figures": "/figures/",
    "console:referrals": "/referrals/",
    "console:new_referral": "/referrals/new?incident={reference}",
    "console:referral": "/referrals/{referral}/",
    "console:cases": "/cases/",
    "console:case": "/cases/{case}/",
    "console:case_timeline": "/cases/{case}/timeline/",
    "console:case_connections": "/cases/{case}/connections/",
}
# For whoever has a link, whoever that is: a page of its own, shown to no officer as such.
SECRET = "a-link-of-the-tests"
LINKED = {"console:reply": f"/reply/{SECRET}/"}
BUTTONS = {
    *("console:sign_out", "console:end_session", "console:end_other_sessions", "console:issue_token"),
    *(
        "console:revoke_token",
        "console:mail",
        "console:lock",
        "console:unlock",
        "console:pin",
        "console:read_notifications",
    ),
    # The secret in its address is nobody's text.
    "console:sign_in",
    # A document, not a page.
    "console:reply_letter",
    # Chosen from the menu of every page.
    *("console:theme", "console:language"),
    *("console:export_incidents", "console:save_filter", "console:rename_filter", "console:delete_filter"),
    *("console:decide_findings", "console:assign_obligations", "console:hand_over"),
    # Of a referral and of a case: the form's letter, steps, and a link that is shown once.
    *("console:preview_referral", "console:referral_link", "console:referral_act", "console:case_act"),
    # A picture, a part of the incident's page, and the buttons on it.
    *("console:incident_map", "console:incident_progress", "console:answer_question", "console:review_finding"),
    *("console:share_incident", "console:read_marks", "console:settle_marks"),
    # What a device asks for by itself.
    *("console:record_officer", "console:record_manifest", "console:service_worker"),
    "console:pocket_rulebook",
    # Sentences for scripts.
    "console:words",
}


def addresses_of(incident: Incident) -> list[str]:
    """Return the address of every page, those of an incident, its referral and its case with their references."""
    referral = Referral.objects.filter(incident=incident).order_by("pk").first()
    case = Case.objects.filter(incidents=incident).first()
    parts = {
        "reference": incident.reference,
        "referral": "REF-2026-00000001" if referral is None else referral.reference,
        "case": "CASE-2026-00000001" if case is None else case.reference,
    }
    return [address.format(**parts) for address in PAGES.values()]


def unlisted_pages() -> set[str]:
    """Return the addresses of the console that stand in none of the lists above, and names that lead nowhere."""
    named = {
        f"console:{pattern.name}"
        for pattern in get_resolver("console.urls").url_patterns
        if isinstance(pattern, URLPattern)
    }
    return named ^ (PAGES.keys() | LINKED.keys() | BUTTONS)
