"""The forms: to send something, to come back with a receipt code, and to decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dadkhah import links
from dadkhah.errors import SourceError
from dadkhah.web.contributions import attachments, reasons, subjects, words
from dadkhah.web.contributions.attachments import Attachment

__all__ = [
    "KINDS", "LONGEST", "AcceptForm", "AddForm", "ContributionForm", "LetOutForm", "PictureForm",
    "ReasonForm", "SayForm", "TakeDownForm",
]  # fmt: skip

LONGEST = 40_000
SHORTEST = 3
MOST_ADDRESSES = 30
KINDS = tuple(words.KINDS.items())
TOO_LONG = _(
    "This is longer than %(most)s letters. It stands below as you wrote it: send it in parts, or"
    " put it into a text file and add that."
)
TOO_MANY = _("More than %(most)s web addresses: please leave only those that are needed.")
REFUSED = {
    "attachment-size": _("A file was empty or larger than 8 MB. Choose a smaller one."),
    "attachment-kind": _(
        "A file was not of a kind that can be taken: send a picture (JPEG, PNG, WebP), a PDF or"
        " plain text."
    ),
    "attachment-picture": _("A picture could not be opened safely. Save it anew and try again."),
}


class Words(forms.CharField):
    """Plain text, kept to the letter; what is refused is shown again as it was written."""

    def __init__(self, **more: Any) -> None:
        area = forms.Textarea(attrs={"rows": 10, "dir": "auto", "autocomplete": "off"})
        super().__init__(strip=False, widget=area, **more)

    def validate(self, value: Any) -> None:
        """Refuse what is empty, far too long, or a list of addresses."""
        super().validate(value)
        if len(value) > LONGEST:
            raise forms.ValidationError(TOO_LONG, params={"most": LONGEST})
        if self.required and len(value.strip()) < SHORTEST:
            raise forms.ValidationError(_("Write a few words."))
        if links.count(value) > MOST_ADDRESSES:
            raise forms.ValidationError(TOO_MANY, params={"most": MOST_ADDRESSES})


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class Attachments(forms.FileField):
    """Several files, each looked at; what they are is read from their bytes."""

    def clean(
        self,
        data: Any,
        initial: Any = None,  # noqa: ARG002 - Django's form of the method
    ) -> list[Attachment]:
        """Look at every file."""
        files: list[UploadedFile] = [one for one in data or [] if one]
        if len(files) > attachments.MOST:
            raise forms.ValidationError(_("At most four files at a time."))
        return [self._look(file) for file in files]

    def _look(self, file: UploadedFile) -> Attachment:
        try:
            return attachments.look(file.read(attachments.LARGEST_BYTES + 1))
        except SourceError as refusal:
            raise forms.ValidationError(REFUSED[refusal.code]) from refusal


class ContributionForm(forms.Form):
    """What somebody sends."""

    about = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, initial="memory", widget=forms.RadioSelect
    )
    words = Words(label=_("What you want to tell"))
    show_email = forms.BooleanField(
        label=_("Show the e-mail addresses that stand in my text, if it is published"),
        required=False,
    )
    files = Attachments(label=_("Pictures or papers"), required=False, widget=ManyFiles)
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("How can we reach you?"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    answer = forms.CharField(
        label=_("The characters of the picture"), max_length=80, required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "dir": "ltr"}
        ),
    )  # fmt: skip
    reply = forms.CharField(
        label=_("Your answer"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    proof = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not settings.CONTRIBUTION_RECIPIENTS:
            del self.fields["name"], self.fields["contact"]

    def clean_about(self) -> str:
        """Read what it is about; what cannot be read is the whole."""
        return subjects.read(self.cleaned_data.get("about", ""))


class AddForm(forms.Form):
    """More words to a contribution."""

    words = Words(label=_("What you want to add"))


class SayForm(forms.Form):
    """A question to the sender, a ground, or a decision: one sentence or a few."""

    said = forms.CharField(
        min_length=3, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class AcceptForm(forms.Form):
    """Accept as testimony."""

    about = forms.CharField(max_length=400, required=False)
    decision = forms.CharField(
        label=_("What is done about it, for everybody to read"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    withhold = forms.CharField(
        label=_("Words that must not be shown, one a line"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip

    def clean_about(self) -> str:
        """Read what it is about."""
        return subjects.read(self.cleaned_data.get("about", ""))

    def clean_withhold(self) -> list[str]:
        """Read the words, one a line."""
        lines = str(self.cleaned_data.get("withhold", "")).splitlines()
        return [line.strip() for line in lines if line.strip()]


class PictureForm(forms.Form):
    """Propose a picture that came: what it is, what is to be seen, why it may be shown."""

    picture = forms.SlugField(max_length=64, widget=forms.HiddenInput)
    predicate = forms.ChoiceField(
        label=_("What the picture shows"),
        choices=[("person.portrait", _("A portrait")), ("person.letter", _("A letter or paper"))],
    )
    seen = forms.CharField(
        label=_("What is to be seen, for whoever cannot see it"), min_length=3, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why it may be shown, for everybody to read"), min_length=3, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip


class TakeDownForm(forms.Form):
    """Take a proposed or public picture down."""

    claim = forms.SlugField(max_length=40, widget=forms.HiddenInput)


class LetOutForm(TakeDownForm, SayForm):
    """Let a proposed picture out, on a ground."""


class ReasonForm(forms.Form):
    """A reason of the published list, and what is said of it."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=lambda: [(code, code) for code in reasons.codes()]
    )
    decision = forms.CharField(
        label=_("What is said of it, for everybody to read"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
