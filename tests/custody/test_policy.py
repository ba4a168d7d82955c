from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.custody.cast import LOG, ROOT, SECOND, WITNESS, code_of

from dadkhah.custody.cosignatures import witness_of, witness_text
from dadkhah.custody.keys import make_key
from dadkhah.custody.policy import read_policy
from dadkhah.custody.signers import LogSigner, verifier_text

SIGNERS = [make_key(f"witness.example/{number}") for number in range(6)]
KEYS = [witness_text(witness_of(signer)) for signer in SIGNERS]
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
FIRST, OTHER = (witness_text(witness_of(signer)) for signer in (WITNESS, SECOND))


def public(*signers: LogSigner) -> set[bytes]:
    return {signer.verifier.public_key for signer in signers}


def c2sp_example() -> str:
    """The example of C2SP tlog-policy, with keys put in."""
    lines = [f"witness {name} {key}" for name, key in zip(NAMES, KEYS, strict=True)]
    return "\n".join([
        f"log {verifier_text(LOG.verifier)}", "", *lines[:3], "group X-witnesses 2 X1 X2 X3", "",
        *lines[3:], "# or any of these", "group Y-witnesses any Y1 Y2 Y3", "",
        "\tgroup  X-and-Y all\tX-witnesses Y-witnesses ", "quorum X-and-Y", "",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("cosigners", "enough"),
    [((), False), ((0, 1), False), ((0, 1, 3), True), ((0, 3, 4, 5), False), ((1, 2, 5), True)],
)
def test_the_example_of_c2sp_says_what_it_says(cosigners: tuple[int, ...], enough: bool) -> None:
    policy = read_policy(c2sp_example())
    assert policy.logs == (LOG.verifier,)
    assert policy.met_by(public(*(SIGNERS[number] for number in cosigners))) is enough


def test_none_asks_for_nobody_and_one_name_for_one() -> None:
    assert read_policy("quorum none\n").met_by(set())
    policy = read_policy(f"witness a {FIRST} https://witness.example/a\nquorum a")
    assert policy.witnesses["a"].address == "https://witness.example/a"
    assert not policy.met_by(public(SECOND))
    assert policy.met_by(public(WITNESS))


A = f"witness a {FIRST}\n"
B = f"witness b {OTHER}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "policy-quorum"),
        (A, "policy-quorum"),
        (A + "quorum a\nquorum a", "policy-quorum"),
        ("quorum a\n" + A, "policy-name"),
        (A + A.replace(" a ", " b ") + "quorum a", "policy-twice"),
        (A + B.replace(" b ", " a ") + "quorum a", "policy-twice"),
        (A.replace(" a ", " none ") + "quorum none", "policy-twice"),
        (A + "group g 2 a\nquorum g", "policy-line"),
        (A + "group g 0 a\nquorum g", "policy-line"),
        (A + "group g all\nquorum g", "policy-line"),
        (A + "group g any a a\nquorum g", "policy-twice"),
        (A + "group g any none\nquorum g", "policy-name"),
        (A + B + "group g any a\ngroup h any a b\nquorum h", "policy-twice"),
        (A + "group g any g\nquorum g", "policy-name"),
        (f"witness a {verifier_text(LOG.verifier)}\nquorum a", "key-type"),
        (f"log {FIRST}\nquorum none", "key-type"),
        ("witness a b c d e\nquorum none", "policy-line"),
        ("hello\nquorum none", "policy-line"),
        ("quorum none\r\n", "policy-character"),
        ("quorum none\n" * 1001, "policy-line"),
    ],
)
def test_a_policy_that_breaks_a_rule_is_refused_by_name(text: str, code: str) -> None:
    assert code_of(lambda: read_policy(text)) == code


@given(st.lists(st.sampled_from(["witness", "group", "quorum", "a", "any", "2", "\n", " ", FIRST])))
def test_any_words_are_read_or_refused_and_nothing_else(words: list[str]) -> None:
    code_of(lambda: read_policy(" ".join(words)))


def test_the_page_shows_a_policy_that_can_be_read() -> None:
    page = (ROOT / "docs/formats/policy.md").read_text("utf-8")
    example = page.split("```text\n")[1].split("```")[0]
    policy = read_policy(example)
    assert policy.quorum in policy.groups
