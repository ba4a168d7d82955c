"""Extraction as a whole: what it reads, what it refuses to say, and that it accepts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims.scoring import SETS, lines, passages, read, score, table

from dadkhah import predicates
from dadkhah.claims.extraction import AUTHOR, Extraction, extract
from dadkhah.dates import DateSpan
from dadkhah.records import Claim, Mention, Passage, Source, new_id

PAGE = [
    "Skip to main content",
    "Remember the massacre of 2,400 prisoners in Shiraz in the summer of 1988!",
    "From June till September 1988, in less than two months, the guards murdered an estimated, "
    "2,400 political prisoners across the country.",
    "Mr. Keyvani, who was the interior minister at the time, is now a member of the council.",
    "Former president Bahram Sattari and the current president, Iraj Nikpour, were both "
    "responsible for the killing of thousands of prisoners.",
    "Committee of the Families of the Disappeared",
    "3 May 2011",
    "Enter the characters shown in the image.",
]


def page() -> Extraction:
    rows = passages(PAGE)
    noisy = [replace(p, noise=p.anchor.quote.startswith(("Skip", "Enter"))) for p in rows]
    return extract(noisy, source=Source(id="s"))


@pytest.fixture(scope="module")
def found() -> Extraction:
    return page()


def claims(found: Extraction, predicate: str) -> list[Claim]:
    return [claim for claim in found.claims if claim.predicate == predicate]


def test_nothing_is_accepted_and_the_author_is_the_machine(found: Extraction) -> None:
    assert {claim.status for claim in found.claims} == {"unreviewed"}
    assert {claim.author for claim in found.claims} == {AUTHOR}


def test_every_claim_stands_on_its_own_words(found: Extraction) -> None:
    text = "\n".join(PAGE)
    for claim in found.claims:
        where = claim.within
        assert where is not None
        assert text[where.start : where.end] == where.quote == claim.written


def test_every_claim_is_one_that_may_be_made(found: Extraction) -> None:
    kinds = {mention.id: mention.type for mention in found.mentions}
    for claim in found.claims:
        predicates.check(claim, kinds[claim.mention])
        assert not claim.target or claim.target in kinds


def test_furniture_and_signature_make_no_claim(found: Extraction) -> None:
    assert not {claim.passage for claim in found.claims} & {"p0", "p5", "p6", "p7"}


def test_the_source_says_who_issued_it_and_when(found: Extraction) -> None:
    assert found.issuer == "Committee of the Families of the Disappeared"
    assert found.date == "2011-05-03"
    assert found.title.startswith("Remember the massacre")
    assert {claim.speaker for claim in found.claims} == {found.issuer}


def test_a_figure_said_twice_is_one_figure_with_both_ways_of_saying_it(found: Extraction) -> None:
    numbers = claims(found, "figure.number")
    same = [claim for claim in numbers if claim.value["low"] == 2400]
    assert {claim.written for claim in same} == {"2,400", "an estimated, 2,400"}
    assert len({claim.mention for claim in same}) == 1
    assert [c.value for c in claims(found, "figure.kind") if c.mention == same[0].mention] == [
        "figure_kind:estimated"
    ]


def test_a_period_and_a_duration_that_cannot_both_be_are_flagged_on_both(found: Extraction) -> None:
    flagged = [claim for claim in found.claims if claim.flags]
    assert {claim.predicate for claim in flagged} == {"act.date", "act.duration"}
    one, other = flagged
    assert one.flags == (f"contradicts:{other.id}",)
    assert other.flags == (f"contradicts:{one.id}",)
    assert "contradicts" in found.flags


def test_a_post_is_held_when_the_words_say(found: Extraction) -> None:
    labels = {mention.id: mention.label for mention in found.mentions}
    held = {
        (labels[c.mention], labels[c.target]): c.when for c in claims(found, "person.holds_post")
    }
    assert held["Keyvani", "interior minister"] == "1988-06-22/1988-09-22"
    assert held["Bahram Sattari", "president"] == "../2011-05-03"
    assert held["Iraj Nikpour", "president"] == "2011-05-03"
    assert all(claim.basis for claim in claims(found, "person.holds_post"))


def test_both_are_said_to_be_responsible_as_a_claim_of_the_issuer(found: Extraction) -> None:
    involved = claims(found, "act.involvement")
    assert {claim.value for claim in involved} == {"18:06"}
    assert len({claim.target for claim in involved}) == 2
    assert {claim.speaker for claim in involved} == {found.issuer}


def test_the_same_text_gives_the_same_proposals_but_for_their_ids(found: Extraction) -> None:
    assert lines(page()) == lines(found)
    again = [replace(c, id="", mention="", target="", flags=()) for c in page().claims]
    assert again == [replace(c, id="", mention="", target="", flags=()) for c in found.claims]


def test_an_unnamed_holder_of_a_post_is_an_unidentified_person() -> None:
    text = "The president, who was a member of the death panel in 1988, defended the killings."
    found = read(text, language="en", dated="2021-08-10")
    person = next(mention for mention in found.mentions if mention.type == "person")
    assert person.unidentified
    assert not [claim for claim in found.claims if claim.predicate == "person.name"]
    held = [line for line in lines(found) if line.startswith("person.holds_post")]
    assert held == [
        "person.holds_post | The president > president @ 2021-08-10",
        "person.holds_post | The president > member, death panel @ 1988",
    ]


def test_a_reported_figure_keeps_its_own_speaker() -> None:
    found = read("According to the Lantern Group, 40 people were killed.", language="en")
    assert {(c.speaker, c.stance) for c in found.claims} == {("the Lantern Group", "reports")}


def test_a_denial_is_a_claim_that_denies() -> None:
    found = read("The ministry denied that 40 prisoners were executed.", language="en")
    assert {(c.speaker, c.stance) for c in found.claims} == {("The ministry", "denies")}


@pytest.mark.parametrize(
    "text",
    [
        "Down with the murderers of 30,000 prisoners!",
        "Long live freedom!",
        "We demand the release of 500 prisoners.",
        "Were 5,000 people killed?",
        "If they had refused, hundreds would have been executed.",
        "He was 24 years old and spent 6 years in prison.",
        "The trench is 10 by 2 metres.",
        "It is the 25th anniversary.",
        "Article 19 of the law has 3 sections.",
        "This question is for testing whether or not you are a human visitor.",
        "No HTML tags allowed.",
        "مرگ بر قاتلان هزاران زندانی!",
        "او ۲۴ ساله بود.",
        "نشانی‌های وب و رایانامه خودکار به پیوند تبدیل می‌شوند.",
        "نویسه‌های درون تصویر را وارد کنید.",
    ],
)
def test_slogans_questions_ages_and_forms_make_no_claim(text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "A " * 5_000, "1,000 " * 3_000, "و " * 5_000, "، " * 4_000]
)
def test_a_passage_of_any_shape_is_read_to_its_end(text: str) -> None:
    assert isinstance(read(text), Extraction)


WORDS = re.findall(
    r"\S+",
    """the of in at and who was is , . ( ) ' - Mr. president prime minister current former then
    Evin Shiraz Iran 1988 18,000 thousands over about two 30 prisoners people killed executed
    massacre torture arrested order Khavaran Karimi Ali Sattari trial said denied summer July from
    till months هزاران زندانی اعدام شدند در تابستان ۱۳۶۷ آقای رئیس‌جمهور وقت ، که گفت فرمان نفر""",
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_in_any_order_are_read_without_a_fault(words: list[str]) -> None:
    text = " ".join(words)
    for claim in read(text, dated="2013-10-05").claims:
        assert claim.within is not None
        assert text[claim.within.start : claim.within.end] == claim.written


def test_no_passage_gives_no_claim() -> None:
    assert extract([], source=Source(id="s")).claims == ()


def test_the_sentences_are_read_as_a_careful_reader_reads_them() -> None:
    right, proposed, expected, wrong = score(SETS)
    assert right.total() / proposed.total() >= 0.98, "\n".join(wrong)
    assert right.total() / expected.total() >= 0.97, "\n".join(wrong)


def _claim(mention: Mention) -> Claim:
    return Claim(
        id=new_id(),
        mention=mention.id,
        predicate="person.name",
        written="X",
        passage=mention.passage,
        value="X",
        status="accepted",
        author="someone",
    )


class Plain:
    """A model of a team's own that says one thing of every passage it sees."""

    name = "plain"
    version = "0.3"

    def propose(
        self, passages: Sequence[Passage], source: Source
    ) -> tuple[Sequence[Mention], Sequence[Claim]]:
        made = [
            Mention(id=new_id(), source=source.id, type="person", label="X", passage=p.id)
            for p in passages
        ]
        said = [_claim(m) for m in made]
        return made, said


def test_a_plugged_in_model_is_off_by_default_marked_and_never_accepted() -> None:
    rows = [replace(p, noise=p.id == "p0") for p in passages(["Menu", "Nothing to see here."])]
    assert extract(rows, source=Source(id="s")).claims == ()
    (claim,) = extract(rows, source=Source(id="s"), proposers=[Plain()]).claims
    assert (claim.author, claim.status, claim.passage) == ("plain 0.3", "unreviewed", "p1")


def test_a_given_date_of_the_source_goes_before_what_it_says_of_itself() -> None:
    rows = passages(["The current president, Iraj Nikpour, spoke.", "3 May 2011"])
    when = DateSpan.from_edtf("2012-01-01")
    found = extract(rows, source=Source(id="s"), relative_to=when)
    assert claims(found, "person.holds_post")[0].when == "2012-01-01"


SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two statements are not beside this project")
@pytest.mark.parametrize("number", [0, 1])
def test_the_two_statements_give_their_figures_posts_and_time(number: int) -> None:
    from dadkhah import sources
    from dadkhah.records import Capture
    from dadkhah.sources.passages import passages_of

    path = sorted(SEEDS.glob("*.txt"))[number]
    reading = sources.read(path.read_bytes(), path.name)
    assert reading.decoded is not None
    assert reading.derived is not None
    parent = Capture(id="1" * 64, source="s", size_bytes=1, media_type="text/plain")
    child = replace(parent, id="0" * 64, parent=parent.id)
    rows = passages_of("s", parent, child, reading.decoded.text, reading.derived)
    found = extract(rows, source=Source(id="s"))
    noise = {passage.id for passage in rows if passage.noise}
    assert not {claim.passage for claim in found.claims} & noise
    assert found.date == ("2013-10-05", "2023-09-03")[number]
    numbers = {(c.value["low"], c.value["high"]) for c in claims(found, "figure.number")}
    assert ((18000, 18000), (2000, None))[number] in numbers
    assert ("contradicts" in found.flags) == (number == 0)
    assert len(claims(found, "person.holds_post")) >= (5, 2)[number]
    assert len(claims(found, "order.issuer")) == (0, 1)[number]


def test_the_page_shows_how_well_it_reads() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "claims.md"
    assert table(SETS) in page.read_text(encoding="utf-8"), "write the table of scoring.py there"


def test_who_only_tells_of_an_order_is_not_said_to_have_given_it() -> None:
    recalled = "آن گونه که در خاطرات آقای راستگار، قائم مقام وقت رهبری آمده است، بنیانگذار حزب "
    told = read(recalled + "دستور داد زندانیان اعدام شوند.")
    gave = read("آیت الله راستگار، رهبر وقت، در نامه ای دستور داد زندانیان اعدام شوند.")
    assert claims(told, "order.issuer") == []
    assert [claim.written for claim in claims(gave, "order.issuer")] == ["راستگار"]
