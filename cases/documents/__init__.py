"""Documents: letters made from plain content, in the reader's language. No Django models, no clock, no network."""

from cases.documents.render import (
    FORMATS,
    content_from_json,
    content_json,
    referral_pages,
    render_referral,
    render_report,
)
from cases.tracing.content import ReferralContent

__all__ = [
    "FORMATS",
    "ReferralContent",
    "content_from_json",
    "content_json",
    "referral_pages",
    "render_referral",
    "render_report",
]
