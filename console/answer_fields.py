"""The fields of answers: States by any of their names, days as far as they are known, words of vocabularies."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.choices import Basis
from cases.documents.wording import Wording
from cases.intake.text import LONGEST_LINE
from console.reader_words import find_country_code, word_said

_DAY_HELP: Final = _("A year, a month or a day, as far as it is known: 2013, 2013-01 or 2013-01-23.")
_COUNTRY_HELP: Final = _("The name, or the three letters of its code.")


class CountryField(forms.CharField):
    """A State, typed by its name in the reader's language or by its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_LINE,
            help_text=_COUNTRY_HELP,
            show_hidden_initial=True,
            widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off"}),
            **options,
        )
        self.language = "en"

    def clean(self, value: Any) -> str:
        """Return the code; empty where nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return ""
        code = find_country_code(self.language, typed)
        if code is None:
            raise forms.ValidationError(
                _("This is not the name of one State. Give its three-letter code, for example YEM.")
            )
        return code


class DayField(forms.CharField):
    """A day as far as it is known; intake reads it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, help_text=_DAY_HELP, show_hidden_initial=True, **options)


class LineField(forms.CharField):
    """A line of text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_LINE, show_hidden_initial=True, **options)


class WordField(forms.ChoiceField):
    """A word of a vocabulary, said in the reader's language."""

    def __init__(self, vocabulary: str, values: Iterable[str], **options: Any) -> None:
        super().__init__(required=False, show_hidden_initial=True, **options)
        self.vocabulary, self.values = vocabulary, tuple(values)

    def say(self, wording: Wording) -> None:
        """Offer the words in that language, and none."""
        self.choices = [("", "—"), *((value, word_said(wording, self.vocabulary, value)) for value in self.values)]


class BasisField(WordField):
    """How an answer is known."""

    def __init__(self) -> None:
        super().__init__("basis", Basis, label=_("How is it known?"))
