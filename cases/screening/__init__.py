"""The screening engine: plain facts and a rulebook in, explained findings out. No Django, no clock, no database."""
