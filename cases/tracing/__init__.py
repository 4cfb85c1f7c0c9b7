"""Tracing: what a trace referral must hold to be issued, what it may ask, and on what it rests. No Django."""

from cases.tracing.completeness import MissingElement, missing_elements

__all__ = ["MissingElement", "missing_elements"]
