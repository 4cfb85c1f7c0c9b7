import pytest

from cases.lists.spellings import spellings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRIMSON LANTERN BRIGADE", [("CRIMSON LANTERN BRIGADE", "good")]),
        ("CRIMSON LANTERN BRIGADE (CLB)", [("CRIMSON LANTERN BRIGADE", "good"), ("CLB", "low")]),
        ("HARAKAT EXEMPLAR / HEX", [("HARAKAT EXEMPLAR", "good"), ("HEX", "low")]),
        ("Lantern/Army", [("Lantern/Army", "good")]),
        ("EXAMPLE FOUNDATION (ATLANTIS)", [("EXAMPLE FOUNDATION ATLANTIS", "good")]),
        ("SECOND ACADEMY (KPE.018)", [("SECOND ACADEMY", "good")]),
        ("ONE COMPANY (OC) ; OTHER FIRM", [("ONE COMPANY", "good"), ("OC", "low"), ("OTHER FIRM", "good")]),
        ("جبهة (The Front; Jabha)", [("جبهة", "original"), ("The Front", "good"), ("Jabha", "good")]),
        ("华信(香港)有限公司", [("华信 有限公司 香港", "original")]),
        ("Lantern (الفانوس (original script); Lanterne)", [
            ("Lantern", "good"), ("الفانوس", "original"), ("Lanterne", "good"),
        ]),
    ],
)  # fmt: skip
def test_names_of_organizations_are_told_apart(text: str, expected: list) -> None:
    assert list(spellings(text, "good", "organization")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan Example Żółć", [("Jan Example Żółć", "low")]),
        ("Agha Example اغا", [("Agha Example", "low"), ("اغا", "original")]),
        ("Amir (original script: Амир)", [("Amir", "low"), ("Амир", "original")]),
        ("Jan Example (birth name)", [("Jan Example", "low")]),
        ("Jan Example, born 1 Jan. 1953 (passport no. 1)", [("Jan Example", "low")]),
        ("Jan Example son of Per Example", [("Jan Example", "low")]),
        (") Jan Example", [("Jan Example", "low")]),
        ("---", []),
    ],
)
def test_names_of_persons_are_told_from_remarks(text: str, expected: list) -> None:
    assert list(spellings(text, "low", "person")) == expected
