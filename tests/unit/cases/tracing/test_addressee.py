from cases.tracing.addressee import reasons_for_asking
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST


def test_a_state_is_asked_for_what_the_record_says_of_it() -> None:
    iran = reasons_for_asking("IRN", PANEL_REQUEST.items, PANEL_REQUEST.observation)
    yemen = reasons_for_asking("YEM", PANEL_REQUEST.items, PANEL_REQUEST.observation)
    china = reasons_for_asking("CHN", ITI_REQUEST.items, ITI_REQUEST.observation, ITI_REQUEST.papers)

    assert [(reason.code, reason.lines) for reason in iran] == [("manufacture", (2, 3)), ("origin", ())]
    assert [reason.code for reason in yemen] == ["destination"]
    assert [(reason.code, reason.lines) for reason in china] == [
        ("manufacture", (1, 2)),
        ("import_mark", (2,)),
        ("paper", ()),
    ]


def test_a_state_the_record_does_not_name_is_asked_for_no_reason() -> None:
    assert reasons_for_asking("FRA", PANEL_REQUEST.items, PANEL_REQUEST.observation) == ()
