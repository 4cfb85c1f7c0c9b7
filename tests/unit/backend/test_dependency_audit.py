import pytest

from backend.dependency_audit import npm_findings, python_findings


def test_each_weakness_is_named_with_its_remedy():
    weakness = {"id": "PYSEC-2099-1", "fix_versions": ["2.0"], "aliases": [], "description": "…"}
    report = {
        "dependencies": [
            {"name": "made-up", "version": "1.0", "vulns": [weakness]},
            {"name": "other", "version": "2", "vulns": []},
        ]
    }

    assert python_findings(report) == ["made-up 1.0: PYSEC-2099-1, fixed in 2.0"]
    assert npm_findings({"vulnerabilities": {"made-up": {"severity": "high"}}}) == ["made-up: high"]


def test_nothing_found_is_not_nothing_asked():
    assert python_findings({"dependencies": [{"name": "made-up", "version": "1", "vulns": []}]}) == []
    assert npm_findings({"vulnerabilities": {}}) == []


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"error": {"code": "ENOTFOUND"}}, {"message": "no", "vulnerabilities": 0}]
)
def test_an_answer_that_is_no_report_is_none(answer):
    assert python_findings(answer) is None
    assert npm_findings(answer) is None
