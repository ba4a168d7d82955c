"""What may be asked of the claims."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dadkhah import predicates, records
from dadkhah.web.custody import shown, words

__all__ = ["ClaimFilter"]


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", _("any")), *((value, words.word(value)) for value in values)]


def _predicates() -> list[tuple[str, object]]:
    kinds = {
        words.word(kind): [
            (item.name, shown.label_of(item.name)) for item in predicates.all() if item.kind == kind
        ]
        for kind in predicates.kinds()
    }
    return [("", _("any")), *kinds.items()]


class ClaimFilter(forms.Form):
    """Which claims: words as written, predicate, kind, status, stance, flagged ones only."""

    q = forms.CharField(label=_("Words as written"), max_length=200, required=False)
    predicate = forms.ChoiceField(label=_("What is claimed"), choices=_predicates, required=False)
    kind = forms.ChoiceField(
        label=_("About"), choices=lambda: _choices(records.MENTION_KINDS), required=False
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=lambda: _choices(records.STATUSES), required=False
    )
    stance = forms.ChoiceField(
        label=_("Stance"), choices=lambda: _choices(records.STANCES), required=False
    )
    flagged = forms.BooleanField(label=_("Only with a flag"), required=False)

    def wanted(self) -> dict[str, str]:
        """Give the filter; what cannot be read is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
