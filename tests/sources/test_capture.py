import hashlib

from dadkhah.sources.capture import NOT_RECORDED, collection_record, received


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path):
    data = bytes(range(256)) * 10_000
    path = tmp_path / "film"
    path.write_bytes(data)
    assert received(path) == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_field_that_is_missing_has_a_reason():
    record = collection_record(
        address="https://example.org/page", reasons={"machine": "kept back to protect a person"}
    )
    assert record.address == "https://example.org/page"
    assert record.missing["machine"] == "kept back to protect a person"
    assert record.missing["collector"] == NOT_RECORDED
    assert "address" not in record.missing
