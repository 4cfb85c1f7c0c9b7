"""Log lines: one JSON object each, for people with grep and for machines."""

import json
import logging
from datetime import UTC, datetime


class LineFormatter(logging.Formatter):
    """Writes a record as one line; values come by `extra={"fields": {...}}` and are ids, never personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line |= fields
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
