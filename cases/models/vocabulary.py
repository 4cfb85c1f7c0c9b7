"""Closed vocabularies as columns: the choices, and the constraint that keeps them closed."""

from enum import StrEnum

from django.db import models

# The longest word of any vocabulary, with room.
WORD = 64
COUNTRY = 3


def choices_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return a vocabulary as Django choices."""
    return [(word.value, word.value) for word in words]


def known(field: str, words: type[StrEnum], *, name: str, may_be_unknown: bool = True) -> models.CheckConstraint:
    """Return the constraint that the field holds a word of the vocabulary, or nothing where it may be unknown."""
    allowed = [word.value for word in words]
    if may_be_unknown:
        allowed.append("")
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": allowed}))


def countries(*fields: str, name: str) -> models.CheckConstraint:
    """Return the constraint that each field is empty (unknown) or three upper-case letters."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__regex": r"^([A-Z]{3})?$"})
    return models.CheckConstraint(name=name, condition=condition)
