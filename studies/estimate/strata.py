"""A case of five lists and twenty strata, from overlaps to the report on paper: time and memory.

python studies/estimate/strata.py
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

import dadkhah.estimate as mse
from dadkhah.estimate import document

OUTPUT = Path(__file__).parent / "output"


def tables() -> tuple[mse.Overlaps, ...]:
    """Twenty strata of 300 to 3,000 invented people, of one to three kinds."""
    kinds = (
        (mse.Kind(share=1.0, least=0.1, most=0.4),),
        (mse.Kind(share=0.5, least=0.3, most=0.6), mse.Kind(share=0.5, least=0.1, most=0.3)),
        (mse.Kind(share=0.35, least=0.25, most=0.5), mse.Kind(share=0.65, least=0.04, most=0.15)),
    )
    worlds = []
    for number in range(20):
        design = mse.Design(people=300 + 142 * number, lists=5, kinds=kinds[number % 3])
        table = mse.world(design, seed=number)
        worlds.append(
            mse.Overlaps(lists=table.lists, patterns=table.patterns, counts=table.counts,
                         stratum=f"part {number + 1}")
        )  # fmt: skip
    return tuple(worlds)


def main() -> None:
    """Estimate, report, measure."""
    strata = tables()
    truth = sum(300 + 142 * number for number in range(20))
    mse.estimate(strata[0], assumption="warm")  # compiled once per machine
    began, worked = time.monotonic(), time.process_time()
    draws = [mse.Draw(tables=strata)]
    averaged = mse.estimate_draws(draws, assumption="invented")
    whole = mse.tidy(
        mse.Overlaps(
            lists=strata[0].lists,
            patterns=tuple(p for t in strata for p in t.patterns),
            counts=tuple(n for t in strata for n in t.counts),
        )
    )
    page = mse.report(averaged.answer, whole, averaged=averaged, draws=draws, scope="invented")
    with tempfile.TemporaryDirectory() as folder:
        document.write(page, Path(folder))
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kinds = [part.kind for part in averaged.strata]
    lines = [
        "| strata | estimates, bounds, refusals | answer (truth) | seconds | of processor | MB |",
        "|---|---|---|---|---|---|",
        f"| 20 of 5 lists | {kinds.count('estimate')}, {kinds.count('at-least')}, "
        f"{kinds.count('refusal')} | {mse.headline(averaged.answer)['en']} ({truth:,}) "
        f"| {seconds:.0f} | {processor:.0f} | {memory:.0f} |",
    ]
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "strata.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
