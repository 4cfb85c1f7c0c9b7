"""The questions that findings leave open, and the small forms by which they are answered in place."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import AuthorisationKind, ItemCategory, PartyKind, PartyRole, RecipientBranch, RecipientKind
from cases.documents.countries import country_name
from cases.documents.wording import Wording
from cases.screening.sentences import QUESTIONS
from console.answer_fields import BasisField, CountryField, DayField, LineField, WordField
from console.reader_words import word_said

Record = Mapping[str, Any]
Changes = dict[str, Any]

# As the engine asks them, for the catalogues of the pages; a test holds the two together.
ASKED: Final[Mapping[str, Promise]] = {
    "transfer_date": _("On which day, or between which days, were the goods supplied, sold or shipped?"),
    "goods": _("What exactly are the goods: make, model, calibre, military or civilian design?"),
    "route.destination": _("Where were the goods going?"),
    "route.origin": _("Where did the goods come from: where were they loaded, packed or sealed?"),
    "supplier": _("Who sold or gave the goods, and on whose behalf did the carrier act?"),
    "earlier_place": _(
        "Where were the goods before: did they come in from outside, when, and by whom were they brought in?"
    ),
    "destination_region": _("Into which part of the country were the goods to go?"),
    "recipient.kind": _("Who was to receive the goods?"),
    "recipient.name": _("Who exactly is the recipient, and for whom does it act?"),
    "recipient.listed": _("Was the recipient, or anyone it acts for, on the list on that day?"),
    "recipient.authorised_by_government": _("Had the Government authorised the recipient to have the goods?"),
    "recipient.branch": _("Which branch of the Government was to receive the goods?"),
    "place": _("Where exactly was the place, and how accurate is the position?"),
    "disputed_area": _("On which view of whose land the disputed area is should the outcome rest?"),
    "basis": _("What independent source confirms the allegation?"),
    "exemption_use": _("Are the goods solely for the use that the exemption names?"),
    "authorisation": _("Which reference and date does the authorisation carry, and was it given before the transfer?"),
}
_CODES: Final = {text: code for code, text in QUESTIONS.items()}


def code_of_question(text: str) -> str | None:
    """Return the code under which the engine asks this; None for a question of an earlier rulebook."""
    return _CODES.get(text)


class AskedOf(NamedTuple):
    """The record that a question is asked of: whole, as the reader may see it, and its version."""

    record: Record
    seen: Record
    version: int
    wording: Wording


class AnswerForm(forms.Form):
    """An answer to one question, read from the record and turned into a change of it."""

    # The part of the record that the fields are of.
    part: ClassVar[str] = ""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *, question: str, asked_of: AskedOf, data: Any = None) -> None:
        prefix, wording = question.replace(".", "-"), asked_of.wording
        stated = self.stated(asked_of.seen, wording)
        super().__init__(data, prefix=prefix, initial={**stated, "version": asked_of.version})
        self.question, self.record = question, asked_of.record
        for field in self.fields.values():
            if isinstance(field, WordField):
                field.say(wording)
            if isinstance(field, CountryField):
                field.language = wording.language

    def stated(self, record: Record, wording: Wording, /) -> dict[str, Any]:
        """Return what the record says now, by field, as the form shows it."""
        part = record.get(self.part) or {}
        stated = {name: part.get(name) or "" for name in self.base_fields if name != "version"}
        for name, field in self.base_fields.items():
            if isinstance(field, CountryField):
                stated[name] = country_name(wording, stated[name] or None) or ""
        return stated

    def clean(self) -> dict[str, Any]:
        """Return what was answered; an answer that says nothing is none."""
        super().clean()
        if not self.errors and not self.answered():
            raise forms.ValidationError(_("Write an answer, or leave the question open."))
        return self.cleaned_data

    def answered(self) -> dict[str, Any]:
        """Return the fields that say something new; what is left empty, or as it stood, changes nothing."""
        values = {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
        return {name: value for name, value in values.items() if value not in ("", None)}

    def changes(self) -> Changes:
        """Return the answer as a merge patch of the record."""
        return {self.part: self.answered()}

    def compared(self, current: "AnswerForm") -> Iterator[dict[str, Any]]:
        """Yield for each field what stood there when the answer was begun, what stands there now, and the answer."""
        for bound, now in zip(self.visible_fields(), current.visible_fields(), strict=True):
            seen = self.data.get(bound.html_initial_name, "")
            sides = (seen, now.initial, bound.data)
            choices = dict(getattr(bound.field, "choices", ()))
            before, stands, answer = (choices.get(side, side) or "" for side in sides)
            yield {"label": bound.label, "before": before, "now": stands, "answer": answer}

    def resent(self, current: "AnswerForm") -> Iterator[tuple[str, Any]]:
        """Yield what to send so that the answer is given once more, to the record as it stands now."""
        yield self.add_prefix("version"), current.initial["version"]
        for bound, now in zip(self.visible_fields(), current.visible_fields(), strict=True):
            yield bound.html_name, bound.data or ""
            yield bound.html_initial_name, "" if now.initial is None else now.initial


class OriginAnswer(AnswerForm):
    """From where the goods came."""

    part = "route"
    origin = CountryField(label=_("Country of origin or loading"))
    basis = BasisField()


class EarlierPlaceAnswer(OriginAnswer):
    """Where the goods were before they lay here, and when they came in."""

    arrived_on = DayField(label=_("Came in on"))
    field_order = ("origin", "arrived_on", "basis")


class DestinationAnswer(AnswerForm):
    """Where the goods were going."""

    part = "route"
    destination = CountryField(label=_("Country of destination"))
    basis = BasisField()


class TransferAnswer(AnswerForm):
    """When the goods were on their way."""

    part = "route"
    departed_on = DayField(label=_("Left on"))
    arrived_on = DayField(label=_("Arrived on"))
    basis = BasisField()


class RegionAnswer(AnswerForm):
    """In which part of the country the goods were to be unloaded."""

    place = LineField(label=_("Town or province"))

    def changes(self) -> Changes:
        """Return the route with a stop more."""
        route = self.record.get("route") or {}
        stop = {"what": "unloaded", "country": route.get("destination"), "place": self.cleaned_data["place"]}
        return {"route": {"stops": [*(route.get("stops") or ()), stop]}}


class RecipientAnswer(AnswerForm):
    """Who was to receive the goods."""

    part = "recipient"
    kind = WordField("recipient", RecipientKind, label=_("Kind of recipient"))
    name = LineField(label=_("Name"))
    country = CountryField(label=_("Country"))
    acts_for = LineField(label=_("Acts for"))
    basis = BasisField()


class AuthorisedAnswer(AnswerForm):
    """Whether the Government had authorised the recipient."""

    part = "recipient"
    authorised_by_government = WordField("answer", ("yes", "no", "unknown"), label=_("Authorised by the Government"))
    basis = BasisField()


class BranchAnswer(AnswerForm):
    """Which branch of the Government was to receive the goods."""

    part = "recipient"
    branch = WordField("branch", RecipientBranch, label=_("Branch"))
    basis = BasisField()


class PlaceAnswer(AnswerForm):
    """Where it was, and how accurately that is known."""

    latitude = forms.FloatField(
        label=_("Latitude, degrees north"), min_value=-90, max_value=90, show_hidden_initial=True
    )
    longitude = forms.FloatField(
        label=_("Longitude, degrees east"), min_value=-180, max_value=180, show_hidden_initial=True
    )
    accuracy_m = forms.FloatField(
        label=_("Accurate within, in metres"),
        help_text=_("Leave it empty where the accuracy is not known."),
        min_value=0,
        required=False,
        show_hidden_initial=True,
    )

    def stated(self, record: Record, _wording: Wording, /) -> dict[str, Any]:
        """Return the position now."""
        longitude, latitude = record["location"]["coordinates"] if record.get("location") else (None, None)
        return {"latitude": latitude, "longitude": longitude, "accuracy_m": record.get("location_accuracy_m")}

    def changes(self) -> Changes:
        """Return the position; the accuracy of an earlier one is not that of this."""
        answer = self.cleaned_data
        point = {"type": "Point", "coordinates": [answer["longitude"], answer["latitude"]]}
        return {"location": point, "location_accuracy_m": answer["accuracy_m"]}


class SourceAnswer(AnswerForm):
    """On what the whole report rests."""

    basis = BasisField()

    def stated(self, record: Record, _wording: Wording, /) -> dict[str, Any]:
        """Return the basis now."""
        return {"basis": record.get("basis") or ""}

    def changes(self) -> Changes:
        """Return the basis."""
        return self.answered()


class GoodsAnswer(AnswerForm):
    """What one of the items is; what is left empty stays as it was recorded."""

    item = forms.TypedChoiceField(label=_("Item"), coerce=int, show_hidden_initial=True)
    category = WordField("category", ItemCategory, label=_("Category"))
    make = LineField(label=_("Make"))
    model = LineField(label=_("Model"))
    calibre = LineField(label=_("Calibre"))
    description = LineField(label=_("Description"))

    def __init__(self, *, question: str, asked_of: AskedOf, data: Any = None) -> None:
        super().__init__(question=question, asked_of=asked_of, data=data)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # nosec B101
        field.choices = [
            (place, f"{place}. {word_said(asked_of.wording, 'category', item.get('category') or 'arms_unspecified')}")
            for place, item in enumerate(asked_of.seen.get("items") or ())
        ]

    def stated(self, record: Record, _wording: Wording, /) -> dict[str, Any]:
        """Return what stands of the only item; of several, none is meant yet."""
        items = list(record.get("items") or ())
        if len(items) != 1:
            return {}
        return {name: items[0].get(name) or "" for name in self.base_fields if name not in {"item", "version"}}

    def answered(self) -> dict[str, Any]:
        """Return what is said of the item."""
        answered = super().answered()
        answered.pop("item", None)
        return answered

    def changes(self) -> Changes:
        """Return the items with that one told more of."""
        items = [dict(item) for item in self.record.get("items") or ()]
        items[self.cleaned_data["item"]] |= self.answered()
        return {"items": items}


class SupplierAnswer(AnswerForm):
    """Who supplied the goods, as a party more."""

    name = LineField(label=_("Name"))
    kind = WordField("party_kind", PartyKind, label=_("Person, organisation or vessel"))
    country = CountryField(label=_("Country"))

    def changes(self) -> Changes:
        """Return the parties with an exporter more."""
        party = {"role": PartyRole.EXPORTER.value, **self.answered()}
        return {"parties": [*(self.record.get("parties") or ()), party]}


class AuthorisationAnswer(AnswerForm):
    """An approval or notice that is claimed, as one more."""

    kind = WordField("authorisation", AuthorisationKind, label=_("Kind of authorisation"))
    regime = LineField(label=_("Regime"))
    reference = LineField(label=_("Reference"))
    on = DayField(label=_("Given on"))
    basis = BasisField()

    def changes(self) -> Changes:
        """Return the authorisations with one more."""
        return {"authorisations": [*(self.record.get("authorisations") or ()), self.answered()]}


# Questions that no field of the record answers have no form: lists, views of States, and the use of goods.
FORMS: Final[Mapping[str, type[AnswerForm]]] = {
    "transfer_date": TransferAnswer,
    "goods": GoodsAnswer,
    "route.destination": DestinationAnswer,
    "route.origin": OriginAnswer,
    "supplier": SupplierAnswer,
    "earlier_place": EarlierPlaceAnswer,
    "destination_region": RegionAnswer,
    "recipient.kind": RecipientAnswer,
    "recipient.name": RecipientAnswer,
    "recipient.authorised_by_government": AuthorisedAnswer,
    "recipient.branch": BranchAnswer,
    "place": PlaceAnswer,
    "basis": SourceAnswer,
    "authorisation": AuthorisationAnswer,
}
