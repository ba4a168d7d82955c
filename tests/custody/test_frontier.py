from __future__ import annotations

from tests.custody.test_merkle import refused

from dadkhah.custody.frontier import EMPTY, frontier_at
from dadkhah.custody.hashing import EMPTY_ROOT, leaf_hash, root

MANY = [leaf_hash(bytes([number])) for number in range(67)]


def test_a_frontier_gives_the_same_root_as_the_whole_tree() -> None:
    frontier = EMPTY
    assert frontier.root() == EMPTY_ROOT
    for size, leaf in enumerate(MANY, start=1):
        frontier = frontier.append(leaf)
        assert frontier.root() == root(MANY[:size])
        assert EMPTY.extend(MANY[:size]) == frontier
        assert frontier_at(size, frontier.hashes) == frontier


def test_a_frontier_of_the_wrong_length_is_refused() -> None:
    with refused("frontier-length"):
        frontier_at(3, MANY[:1])
    with refused("tree-hash-length"):
        frontier_at(1, [b"short"])
    with refused("tree-size"):
        frontier_at(-1, [])
