"""The filters of the map as a form; its query is that of the list of incidents and of the API."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.choices import ItemCategory
from cases.queries.regimes import regime_rows
from cases.screening.findings import Outcome
from console.forms import states_by_name
from console.templatetags.console import regime_name, words
from geo.queries import zones_in_use

# Where a map is opened, not what is shown on it.
VIEW: Final = "bbox"
_LONGEST_DATE: Final = 10


class MapFilters(forms.Form):
    """What narrows the map. It checks nothing: the API does, and says it in the same words to everybody."""

    occurred_after = forms.CharField(label=pgettext_lazy("first day", "From"), required=False)
    occurred_before = forms.CharField(label=pgettext_lazy("last day", "Until"), required=False)
    regime = forms.ChoiceField(label=_("Regime"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    category = forms.ChoiceField(label=pgettext_lazy("of seized items", "Category"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    zone = forms.CharField(label=_("Zone"), required=False)
    q = forms.CharField(label=pgettext_lazy("to search for", "Text"), required=False)
    within = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="filter-%s")
        self.query = query
        choices = {
            "regime": [(regime["id"], f"{regime['id']} · {regime_name(regime['name'])}") for regime in regime_rows()],
            "outcome": [(outcome, words(outcome)) for outcome in Outcome],
            "category": [(category, words(category)) for category in ItemCategory],
            "country": states_by_name(),
        }
        for name, known in choices.items():
            asked = query.get(name, "")
            # An address may ask for what the form does not offer; the form shows it rather than asking for less.
            other = [] if asked in {"", *dict(known)} else [(asked, asked)]
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *known, *other]
        for name in ("occurred_after", "occurred_before"):
            attributes = {"inputmode": "numeric", "maxlength": _LONGEST_DATE, "placeholder": _("2013 or 2013-01")}
            self.fields[name].widget.attrs.update(attributes)
        self.fields["zone"].widget.attrs["list"] = "zones"

    def others(self) -> list[tuple[str, str]]:
        """Return what the address asks for beside the fields of the form, so that it goes on being asked for."""
        return [
            (name, value)
            for name, values in self.query.lists()
            if name not in self.fields and name != VIEW
            for value in values
        ]

    def zones(self) -> list[tuple[str, str]]:
        """Return code and name of the imported zones in use."""
        rows = zones_in_use().filter(imported=True).order_by("zone__name")
        return list(rows.values_list("zone__code", "zone__name"))
