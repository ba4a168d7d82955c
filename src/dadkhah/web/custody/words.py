"""The closed words of the records, as a reader reads them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["SENTENCES", "WORDS", "sentence", "word"]

WORDS = {
    # status of a claim
    "unreviewed": _("not yet reviewed"),
    "accepted": _("accepted by a reviewer"),
    "conflict": _("in conflict"),
    "withdrawn": _("withdrawn"),
    # stance
    "asserts": _("asserts"),
    "denies": _("denies"),
    "doubts": _("doubts"),
    "reports": _("reports what others say"),
    # decisions
    "same": _("same person"),
    "different": _("different persons"),
    "unsure": _("unsure"),
    # kinds of mention and of record
    "person": _("person"),
    "group": _("group"),
    "place": _("place"),
    "post": _("post"),
    "event": _("event"),
    "act": _("act"),
    "order": pgettext_lazy("a command", "order"),
    "figure": _("figure"),
    "case": _("case"),
    "collection": _("collection"),
    "source": _("source"),
    "capture": _("capture"),
    "passage": _("passage"),
    "mention": _("mention"),
    "claim": _("claim"),
    "judgement": _("judgement"),
    "disclosure": _("disclosure"),
    "run": _("run"),
    "contribution": _("contribution"),
    "custody": _("custody event"),
    "erasure": _("decision to erase"),
    # kinds of figure
    "figure_kind:reported": _("reported"),
    "figure_kind:documented": _("given as a count of documented people"),
    "figure_kind:estimated": _("given as an estimate"),
    # confidentiality
    "public": _("public"),
    "restricted": _("restricted"),
    "confidential": _("confidential"),
    # fields of a collection record
    "address": _("Address"),
    "name_as_given": _("Name as given"),
    "received_at": _("Received"),
    "collector": _("Collected by"),
    "method": _("Method"),
    "machine": _("Machine"),
    "identity_used": _("Identity used"),
    "context": _("Context"),
    # state of a record in an entry
    "shown": _("as it stands now"),
    "superseded": _("an earlier version"),
    "erased": _("erased"),
    "withheld": _("withheld"),
    # parts of a model family in an estimate
    "interval": _("has a say in the interval"),
    "bound": _("a lower bound only"),
    # what was done, by the actions of the log
    "case.begin": _("the case was opened"),
    "case.describe": _("the case was described"),
    "sources.add": _("a source was received"),
    "sources.capture": _("a capture was added"),
    "collections.add": _("a collection was described"),
    "claims.propose": _("claims were proposed from a text"),
    "claims.record": _("claims were recorded"),
    "claims.import": _("a row was imported"),
    "claims.update": _("a row was imported anew"),
    "claims.review": _("a claim was reviewed"),
    "claims.disclose": _("something was made public"),
    "custody.erase": _("records were erased by a decision of two people"),
    "custody.event": _("something happened to what is kept"),
    "custody.incident": _("a fixity check failed"),
    "custody.merge": _("another case was brought in"),
    "accounts.open": _("an account was opened"),
    "accounts.role": _("the role of an account was changed"),
    "accounts.password": _("an account was given another password"),
    "accounts.close": _("an account was closed"),
    "accounts.reopen": _("a closed account was opened again"),
    "people.judge": _("a pair of accounts was judged"),
    "people.link": _("a linkage was run"),
    "estimate.plan": _("an estimate was planned"),
    "estimate.run": _("an estimate was run"),
    "contributions.receive": _("something was sent through the form"),
    "contributions.add": _("its sender added to a contribution"),
    "contributions.ask": _("a sender was asked something"),
    "contributions.accept": _("a contribution was accepted"),
    "contributions.publish": _("a contribution was published"),
    "contributions.retract": _("a contribution was taken back from the public"),
    "contributions.refuse": _("a contribution was refused"),
    "contributions.hide": _("a contribution was closed"),
    "contributions.withdraw": _("a contribution was taken back by its sender"),
    # flags of a claim
    "contradicts": _("contradicts another claim of this source"),
    "placeholder": _("may be a placeholder, not a date"),
    "placeholder-year-start": _("may be a placeholder, not a date"),
    "placeholder-month-start": _("may be a placeholder, not a date"),
    "merged-differently": _("changed in two ways before two cases were merged"),
    "constant": _("set for the whole table, not in the row"),
    "joined": _("joined from several columns"),
    "unread": _("could not be read"),
    "unidentified": _("stands for someone unnamed"),
    "about-widened": _("“about” was read as one unit either side"),
    "calendar-by-year": _("calendar inferred from the year"),
    "calendars-disagree": _("the two calendars given do not agree"),
    "calendars-mixed": _("two calendars in one date"),
    "lunar-by-table": _("lunar date, one day either side"),
    "night-either": _("a night lies on two days"),
    "night-of-weekday": _("the night before the day named"),
    "order-ambiguous": _("day and month may be exchanged"),
    "part-of-period": _("only a part of the period is meant"),
    "range-year-before": _("the year was taken from the other end"),
    "relative-to-source": _("counted from the date of the source"),
    "season-bounds": _("a season, read by its bounds"),
    "source-date-missing": _("the source has no date to count from"),
    "weekday-disagrees": _("the weekday does not fit the date"),
    "winter-either": _("a winter lies in two years"),
    "year-expanded": _("a two-digit year was completed by rule"),
    "year-missing": _("the year is not given"),
    # events of custody, and gaps in what is known
    "receive": _("the bytes were received"),
    "hand-over": _("handed over"),
    "view": _("seen by somebody who works on the case"),
    "export": _("taken out"),
    "fixity": _("the bytes were checked"),
    "migration": _("another form was made"),
    "redaction": _("words were taken out"),
    "deletion": _("erased"),
    "missing": _("the bytes are missing"),
    "unreadable": _("the disk cannot read the bytes"),
    "altered": _("the bytes are not the same"),
    "altered in a copy": _("a copy has other bytes"),
    "missing in a copy": _("a copy lacks the bytes"),
    "unreadable in a copy": _("a copy's disk cannot read the bytes"),
    "origin-unknown": _("nothing is recorded of how the bytes came"),
    "holder-changed": _("who gave is not who was said to hold it"),
    "not-checked": _("nobody compared the digests"),
    "digest-differs": _("the digests were different"),
    "not-looked-at": _("nothing is recorded for more than a year"),
    # roles
    "reader": _("reader"),
    "editor": _("editor"),
    "keeper": _("keeper"),
}

# Reasons that the house itself writes into a collection record; others show as they were written.
SENTENCES = {
    "not recorded when the file was added": _("not recorded when the file was added"),
    "the file was handed over without one": _("the file was handed over without one"),
    "not recorded, to protect whoever collected it": _(
        "not recorded, to protect whoever collected it"
    ),
    "no account was used": _("no account was used"),
    "not given when the file was added": _("not given when the file was added"),
    "added from a local file": _("added from a local file"),
    "sent through the contribution form": _("sent through the contribution form"),
    "it was typed into the form": _("it was typed into the form"),
    "the name of a file could name its sender": _("the name of a file could name its sender"),
    "nobody collected it; it was sent": _("nobody collected it; it was sent"),
    "not recorded, to protect whoever sent it": _("not recorded, to protect whoever sent it"),
}


def sentence(written: object) -> str:
    """Give a sentence of the house in the page's language; another's words stay as they are."""
    return str(SENTENCES.get(str(written), written))


def word(key: object) -> str:
    """Give the words for a key; an unknown key shows itself, made readable.

    What follows a colon in a flag, such as the id of another claim, is not part of the word.
    """
    found = WORDS.get(str(key)) or WORDS.get(str(key).partition(":")[0])
    return str(found) if found is not None else str(key).replace("_", " ").replace("-", " ")
