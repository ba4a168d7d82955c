"""Measure the review screen at 100,000 judgements: the next pair, opening it, and an answer.

    python studies/linkage/review.py [--judgements 100000]

Makes a case of its own in a temporary folder, with one person of 500 mentions.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

ROUNDS = 200


def fill(count: int) -> None:
    """Write mentions, judgements between them and a queue of pairs."""
    from dadkhah import people
    from dadkhah.records import Anchor, Claim, Mention, Passage, Source
    from dadkhah.web.custody.actions import Change, append
    from dadkhah.web.people import index
    from dadkhah.web.people.models import PairToReview

    page = Source(id="page", title="A page")
    names = ("Ali Karimi", "علی کریمی", "Behrouz Shirdoust", "بهروز شیردوست")
    records: list[object] = [page]
    for n in range(count):
        quote = Anchor(capture="a" * 64, quote=names[n % 4])
        records += [
            Passage(id=f"p{n}", source="page", anchor=quote),
            Mention(id=f"m{n}", source="page", type="person", label=names[n % 4], passage=f"p{n}"),
            Claim(id=f"c{n}", mention=f"m{n}", predicate="person.name", written=names[n % 4],
                  value=names[n % 4], passage=f"p{n}"),
        ]  # fmt: skip
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    ends = [(f"m{n}", f"m{n + 1}") for n in range(499)]
    ends += [(f"m{500 + n}", f"m{500 + (n * 7 + 1) % (count - 500)}") for n in range(count - 500)]
    said = [
        people.judge(a, b, "same" if n < 499 or n % 3 == 0 else "different", by="account:2", at="t")
        for n, (a, b) in enumerate(ends)
        if a != b
    ]
    append(by="account:2", changes=[Change(action="people.judge", records=said)])
    rng = np.random.default_rng(1)
    PairToReview.objects.bulk_create(
        [
            PairToReview(left_id=f"m{n}", right_id=f"m{n + 9}", probability=0.5,
                         importance=float(rng.random()), run="", reasons=["name: the same"])
            for n in range(0, count - 10, 5)
        ],
        batch_size=500,
    )  # fmt: skip
    index.rebuild()


def measure() -> None:
    """Answer pairs as a reviewer does, and print the times."""
    from django.test import Client

    from dadkhah.web.accounts.models import Account
    from dadkhah.web.people.models import Judgement, PairToReview

    client = Client()
    client.force_login(Account.objects.create_user(username="one", password=None, role="editor"))
    times: dict[str, list[float]] = {"next": [], "open": [], "answer": []}
    for n in range(ROUNDS):
        start = time.perf_counter()
        address = client.get("/people/pairs/next/")["Location"]
        taken = time.perf_counter()
        client.get(address)
        opened = time.perf_counter()
        client.post(address, {"decision": ("same", "different", "unsure")[n % 3]})
        answered = time.perf_counter()
        for step, seconds in zip(
            times, (taken - start, opened - taken, answered - opened), strict=True
        ):
            times[step].append(1000 * seconds)
    print(f"{Judgement.objects.count()} judgements, {PairToReview.objects.count()} pairs wait")
    for step, found in times.items():
        print(f"{step}: median {np.median(found):.0f} ms, p95 {np.quantile(found, 0.95):.0f} ms")
    pages = []
    for _ in range(21):
        start = time.perf_counter()
        client.get("/people/m0/")
        pages.append(1000 * (time.perf_counter() - start))
    print(f"a person of 500 mentions: first {pages[0]:.0f} ms, then {np.median(pages[1:]):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judgements", type=int, default=100_000)
    count = parser.parse_args().judgements
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DADKHAH_CASE"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dadkhah.web.settings"
        (Path(folder) / "secret.key").write_text("only for this measure " * 4)
        import django

        django.setup()
        from django.conf import settings

        from dadkhah.web import case

        settings.ALLOWED_HOSTS = ["testserver"]
        case.prepare()
        fill(count)
        measure()


if __name__ == "__main__":
    main()
