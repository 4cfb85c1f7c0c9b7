"""The exact reading of an incident as sent: no database, no clock, no framework."""
