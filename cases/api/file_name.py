"""The name under which a browser shows or keeps an answer."""

from django.utils.http import content_disposition_header


def named_file(name: str, *, is_shown: bool = False) -> dict[str, str]:
    """Return the header that names an answer as a file (RFC 6266): to be kept, or to be shown in the browser first."""
    return {
        "Content-Disposition": content_disposition_header(as_attachment=not is_shown, filename=name) or "attachment"
    }
