"""What may be asked of the log."""

from __future__ import annotations

from typing import Any

from django import forms

__all__ = ["LogFilter"]


class LogFilter(forms.Form):
    """Which entries: before an index, of one action."""

    before = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    action = forms.RegexField(r"^[a-z_.-]{0,130}$", required=False)

    def wanted(self) -> dict[str, Any]:
        """Give the filter; what cannot be read is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
