"""Words before a vessel's name that say what kind of craft it is."""

_PREFIXES = """
    mv mt ms mts ss sv fv fb my mtv mf rv hsc dhow vessel ship tanker motor boat yacht barge tug lpg lng
"""
PREFIXES = frozenset(_PREFIXES.split())
