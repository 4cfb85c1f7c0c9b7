"""The places over HTTP: read only."""
