"""What may be asked of the register, and how a pair is judged."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["JudgementForm", "PeopleFilter", "ReasonForm"]


class PeopleFilter(forms.Form):
    """Which people: a name in any script, a list, a place, a year, conflicts, unidentified."""

    q = forms.CharField(
        label=_("A name, in any script or spelling"), max_length=200, required=False
    )
    list = forms.RegexField(r"^[a-z0-9]{1,40}$", required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1, max_value=9999, required=False)
    conflicts = forms.BooleanField(label=_("Sources disagree"), required=False)
    unidentified = forms.BooleanField(label=_("Not identified"), required=False)
    after = forms.CharField(max_length=240, required=False, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, str]:
        """Give the filter; what cannot be read is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class JudgementForm(forms.Form):
    """Same, different or unsure, and why; an answer without words rests on what is shown."""

    decision = forms.ChoiceField(
        label=_("Are these the same person?"),
        choices=(
            ("same", _("Same person")),
            ("different", _("Different persons")),
            ("unsure", _("Unsure")),
        ),
    )
    why = forms.CharField(
        label=_("Why? What in the sources decides it? (may be left out)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    despite = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a person is taken apart."""

    why = forms.CharField(label=_("Why?"), min_length=3, max_length=2000)
