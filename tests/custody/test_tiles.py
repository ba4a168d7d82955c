from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import code_of, golden
from tests.custody.test_merkle import refused

from dadkhah.custody.merkle import (
    consistency_proof_from,
    inclusion_proof_from,
    leaf_hash,
    root,
    root_from,
    verify_consistency,
    verify_inclusion,
)
from dadkhah.custody.tiles import (
    MAX_ENTRY_BYTES,
    Tile,
    bundle,
    hash_reader,
    read_bundle,
    read_tile,
    read_tile_path,
    tile_path,
    tiles_of,
    write_bundles,
    write_tiles,
)
from dadkhah.errors import VerificationError

VECTORS = golden("tiles.json")
LEAVES = [leaf_hash(number.to_bytes(4)) for number in range(66_000)]


def test_paths_are_those_of_the_specification() -> None:
    for vector in VECTORS["paths"]:
        tile = Tile(level=vector["level"], index=vector["index"], width=vector["width"])
        assert tile_path(tile) == vector["path"]
        assert read_tile_path(vector["path"]) == tile


@pytest.mark.parametrize("vector", VECTORS["trees"])
def test_a_tree_has_the_tiles_that_the_specification_says(vector: dict[str, object]) -> None:
    found: dict[str, list[int]] = {}
    for tile in tiles_of(int(str(vector["size"]))):
        widths = found.setdefault(str(tile.level), [0, 0])
        if tile.width == 256:
            widths[0] += 1
        else:
            widths[1] = tile.width
    assert found == vector["widths"]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 1000, 65_536, 66_000])
def test_written_tiles_are_those_listed_and_give_back_the_root(size: int) -> None:
    files: dict[str, bytes] = {}
    assert write_tiles(iter(LEAVES[:size]), files.__setitem__) == size
    assert Counter(files.keys()) == Counter(tile_path(tile) for tile in tiles_of(size))
    assert root_from(hash_reader(files.__getitem__, size), size) == root(LEAVES[:size])


def test_proofs_come_from_tiles_alone() -> None:
    files: dict[str, bytes] = {}
    size = write_tiles(LEAVES, files.__setitem__)
    reader, tree = hash_reader(files.__getitem__, size), root(LEAVES)
    for index in (0, 255, 256, 65_535, 65_536, 65_999):
        proof = inclusion_proof_from(reader, index, size)
        verify_inclusion(LEAVES[index], index, size, proof, tree)
    for old in (1, 256, 65_536, 65_999):
        proof = consistency_proof_from(reader, old, size)
        verify_consistency(old, size, proof, root(LEAVES[:old]), tree)


def test_a_hash_outside_the_tree_is_refused() -> None:
    reader = hash_reader({"tile/0/000": b""}.__getitem__, 300)
    for level, index in ((0, 300), (8, 1), (9, 0), (-1, 0), (0, -1), (10_000, 0)):
        with refused("tile-range"):
            reader(level, index)
    with refused("tile-length"):
        reader(0, 0)


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 600])
def test_bundles_give_back_the_entries(count: int) -> None:
    entries = [b"x" * (number % 300) for number in range(count)]
    files: dict[str, bytes] = {}
    assert write_bundles(iter(entries), files.__setitem__) == count
    found = []
    for path, data in files.items():
        tile = read_tile_path(path)
        assert tile.level is None
        found.extend(read_bundle(data, tile.width))
    assert found == entries


def test_a_bundle_cut_short_or_long_is_refused() -> None:
    data = bundle([b"one", b"two"])
    for wrong in (data[:-1], data + b"\x00", b"", b"\xff\xff"):
        with refused("bundle-length"):
            read_bundle(wrong, 2)
    with refused("bundle-length"):
        read_bundle(bytes(MAX_ENTRY_BYTES * 3), 1)
    for width in (0, 257, -1):
        with refused("bundle-width"):
            read_bundle(data, width)
    with refused("bundle-width"):
        bundle([])
    with refused("bundle-entry-size"):
        bundle([bytes(MAX_ENTRY_BYTES + 1)])
    assert read_bundle(bundle([bytes(MAX_ENTRY_BYTES)]), 1) == (bytes(MAX_ENTRY_BYTES),)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/../000",
        "/tile/0/000",
        "tile/0/۰۰۰",
        "tile/0/" + "x999/" * 6 + "999",
        "tile/0/" + "x001/" * 600 + "000",
    ],
)
def test_a_path_with_a_second_spelling_is_refused(path: str) -> None:
    with refused("tile-path"):
        read_tile_path(path)


@settings(deadline=None)
@given(
    level=st.none() | st.integers(0, 63),
    index=st.integers(0, 2**63 - 1),
    width=st.integers(1, 256),
)
def test_every_path_reads_back(level: int | None, index: int, width: int) -> None:
    tile = Tile(level=level, index=index, width=width)
    assert read_tile_path(tile_path(tile)) == tile


@settings(deadline=None)
@given(data=st.binary(max_size=600), width=st.integers(-1, 300))
def test_any_bytes_are_a_bundle_or_refused_with_a_code(data: bytes, width: int) -> None:
    code = code_of(lambda: read_bundle(data, width))
    assert code in ("bundle-length", "bundle-width") or bundle(read_bundle(data, width)) == data


@settings(deadline=None)
@given(data=st.binary(max_size=600), width=st.integers(-1, 300), path=st.text())
def test_any_bytes_are_a_tile_or_refused_with_a_code(data: bytes, width: int, path: str) -> None:
    code = code_of(lambda: read_tile(data, width))
    assert code == "tile-length" or b"".join(read_tile(data, width)) == data
    with pytest.raises(VerificationError):
        read_tile_path(path)
