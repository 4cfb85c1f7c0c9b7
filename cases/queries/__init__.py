"""Reads: querysets or plain values."""
