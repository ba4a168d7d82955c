from __future__ import annotations

from tests.custody.cast import golden

from dadkhah.custody.hashing import fold, leaf_hash, node_hash, root

VECTORS = golden("merkle.json")
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(found) for found in VECTORS["roots"]]


def test_roots_are_those_of_certificate_transparency() -> None:
    assert root([]) == bytes.fromhex(VECTORS["empty_root"])
    assert [root(LEAVES[:size]) for size in range(1, 9)] == ROOTS


def test_a_node_can_never_pass_for_a_leaf() -> None:
    left, right = LEAVES[:2]
    assert node_hash(left, right) != leaf_hash(left + right)
    assert fold([left]) == left
    assert fold([left, right]) == node_hash(left, right)
