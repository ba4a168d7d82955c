"""A chosen day."""

from __future__ import annotations

import datetime
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from dadkhah.dates.calendars import from_solar_hijri
from dadkhah.errors import DateTextError
from dadkhah.text import to_ascii_digits

__all__ = ["DayForm"]

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
FIRST_GREGORIAN_YEAR = 1700


class DayForm(forms.Form):
    """A day, Gregorian (1988-07-28) or Solar Hijri (1367-05-06)."""

    on = forms.CharField(label=_("Day"), max_length=20, required=False)

    def clean_on(self) -> datetime.date | None:
        """Read the day; a year below 1700 is Solar Hijri."""
        found = _DAY.fullmatch(to_ascii_digits(self.cleaned_data["on"].strip()))
        if not self.cleaned_data["on"].strip():
            return None
        if found is None:
            raise forms.ValidationError(_("Write the day as 1988-07-28 or 1367-05-06."))
        year, month, day = (int(part) for part in found.groups())
        try:
            if year < FIRST_GREGORIAN_YEAR:
                return from_solar_hijri(year, month, day)
            return datetime.date(year, month, day)
        except (DateTextError, ValueError) as error:
            raise forms.ValidationError(_("There is no such day.")) from error
