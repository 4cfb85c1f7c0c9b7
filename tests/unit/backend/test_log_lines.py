import json
import logging

from backend.log_lines import LineFormatter


def test_a_record_is_one_line_of_json_with_its_fields():
    record = logging.LogRecord("cases.outbox", logging.WARNING, "f.py", 1, "broker\nunreachable %s", ("now",), None)
    record.fields = {"run_id": 7}

    line = LineFormatter().format(record)

    assert "\n" not in line
    shown = json.loads(line)
    assert (shown["level"], shown["message"], shown["run_id"]) == ("warning", "broker\nunreachable now", 7)
