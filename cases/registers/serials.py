"""The key under which a serial number is looked up."""

import unicodedata

# Shorter ones are assembly or batch numbers, and stand on thousands of pieces.
SHORTEST_KEY = 3


def register_key(serial: str) -> str:
    """Return the serial number in upper case without spaces and signs: how it was typed does not matter."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", serial).upper() if letter.isalnum())
