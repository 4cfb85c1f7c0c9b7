"""The device's own program: what it takes for signed, what it reads of a record, and what it asks."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from cases.facts import facts_from
from cases.intake.reading import read_incident
from cases.queries.pocket import SIGNED_AS
from cases.regimes.loader import load_rulebook
from cases.screening.pocket import FORMAT
from cases.signing import Signer, signer_of
from geo.locate import geography
from tests.golden.freeze import golden_cases
from tests.pocket_facts import CONSOLE, pocket_text, run_node, stated

OURS, THEIRS = signer_of("ab" * 32), signer_of("cd" * 32)
RULEBOOK = load_rulebook()


def in_envelope(signed: str, signer: Signer = OURS, **changed: Any) -> str:
    """Return the file as the server gives it out, with what was changed of it."""
    signature = signer.signature_of(SIGNED_AS + signed)
    return json.dumps(
        {"format": FORMAT, "public_key": signer.public_key, "signature": signature, "text": signed} | changed
    )


def opened(content: str, *, before: str = "") -> dict[str, Any]:
    """Return what the device makes of a file, knowing our key."""
    program = f"""
        {before}
        const {{ opened }} = await import(process.argv[1]);
        const {{ content, key }} = JSON.parse(await new Response(process.stdin).text());
        console.log(JSON.stringify(await opened(content, key)));
    """
    address = (CONSOLE / "pocket/verify.mjs").as_uri()
    answer: dict[str, Any] = json.loads(run_node(program, [address], {"content": content, "key": OURS.public_key}))
    return answer


def test_what_the_installation_signed_is_opened() -> None:
    text = pocket_text(RULEBOOK)

    assert opened(in_envelope(text)) == {"book": json.loads(text), "why": None}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(in_envelope("{}", text='{"format":"cordon-pocket/1"}'), "not_signed", id="another text"),
        pytest.param(in_envelope("{}", signature=""), "not_signed", id="no signature"),
        pytest.param(in_envelope("{}", signature=None), "not_signed", id="a signature that is none"),
        pytest.param(in_envelope('{"format":"another"}'), "not_signed", id="signed, and something else"),
        pytest.param(in_envelope("{}", THEIRS), "other_key", id="another key"),
        pytest.param(in_envelope("{}", THEIRS, public_key=OURS.public_key), "not_signed", id="our key named only"),
        pytest.param("<html>", "not_signed", id="a page"),
        pytest.param("null", "not_signed", id="nothing"),
    ],
)
def test_what_it_did_not_sign_is_never_evaluated(content: str, why: str) -> None:
    assert opened(content) == {"book": None, "why": why}


def test_a_browser_that_cannot_check_says_so() -> None:
    without = "Object.defineProperty(globalThis, 'crypto', { value: {} });"

    assert opened(in_envelope(pocket_text(RULEBOOK)), before=without) == {"book": None, "why": "cannot"}


def test_a_record_is_read_as_the_server_reads_it() -> None:
    """Days may differ by one: the server knows the New York day of a moment, the device asks none."""
    program = """
        const { factsOf } = await import(process.argv[1]);
        const documents = JSON.parse(await new Response(process.stdin).text());
        console.log(JSON.stringify(documents.map((document) => factsOf(document))));
    """
    documents = [
        case["incident"]
        for case in golden_cases()
        if case["incident"].get("recipient", {}).get("basis") != "allegation"
        and not {"departed_on", "arrived_on"} & case["incident"].get("route", {}).keys()
    ]
    read = json.loads(run_node(program, [(CONSOLE / "pocket/facts.mjs").as_uri()], documents))

    for document, given in zip(documents, read, strict=True):
        reading = read_incident(document)
        assert reading.submission is not None
        facts = stated(facts_from(reading.submission, reference="x", geography=geography()), RULEBOOK)
        for name in ("from", "to", "through", "by", "receiver", "categories", "flag", "madeIn"):
            assert given[name] == facts[name], (document, name)
        for name in ("first", "last"):
            assert (given[name] is None) == (facts[name] is None), document
            if given[name] is not None:
                apart = date.fromisoformat(given[name]) - date.fromisoformat(facts[name])
                assert abs(apart) <= timedelta(days=1), document


def test_it_asks_who_receives_it_where_that_decides() -> None:
    program = """
        const { nothingStated, possible } = await import(process.argv[1]);
        const book = JSON.parse(JSON.parse(await new Response(process.stdin).text()));
        const day = { first: "2021-05-04", last: "2021-05-04" };
        const facts = { ...nothingStated(), ...day, to: ["LBY"], categories: ["small_arm"] };
        const asks = (more) => possible(book, { ...facts, ...more }).map(({ measure, asks }) => [measure.id, asks]);
        console.log(JSON.stringify([asks({}), asks({ receiver: "government" }), asks({ categories: ["cash"] })]));
    """
    unknown, known, cash = json.loads(
        run_node(program, [(CONSOLE / "pocket/evaluate.mjs").as_uri()], pocket_text(RULEBOOK))
    )

    assert [name for name, _ in unknown] == ["libya-2011/1970-9@2011-09-16"]
    assert "who" in unknown[0][1]
    assert "who" not in known[0][1]
    assert "papers" in known[0][1]
    assert cash == []
