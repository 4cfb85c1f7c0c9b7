"""Codes for labels."""

import secrets

# Crockford's: none looks like another, over a radio or in bad light.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 3
GROUP = 4


def new_label(*, prefix: str) -> str:
    """Return a new code, e.g. EX-7K2M-9QD4-T8BX: sixty random bits, which tell a finder nothing and never repeat."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join([prefix, *groups])
