"""The designs of the calibration study: twelve fixed ones, and worlds drawn at random.

The twelve have 3 to 8 lists and 1 to 4 kinds of people. A random world has 3 to 8 lists, 600 to
20,000 people who are alike, of two or three kinds, or unlike by degree (a spread of ease of 0.5 to
1.5 logits), and in two of five one list copies another or avoids it.
"""

from __future__ import annotations

import numpy as np

import dadkhah.estimate as mse

ALIKE = (mse.Kind(share=1.0, least=0.1, most=0.4),)
RARE = (mse.Kind(share=1.0, least=0.03, most=0.12),)
TWO = (mse.Kind(share=0.5, least=0.3, most=0.6), mse.Kind(share=0.5, least=0.1, most=0.3))
HARD = (mse.Kind(share=0.35, least=0.25, most=0.5), mse.Kind(share=0.65, least=0.04, most=0.15))
THREE = (
    mse.Kind(share=0.2, least=0.3, most=0.6),
    mse.Kind(share=0.4, least=0.1, most=0.3),
    mse.Kind(share=0.4, least=0.03, most=0.1),
)
FOUR = (
    mse.Kind(share=0.1, least=0.4, most=0.7),
    mse.Kind(share=0.3, least=0.2, most=0.4),
    mse.Kind(share=0.3, least=0.1, most=0.2),
    mse.Kind(share=0.3, least=0.03, most=0.1),
)

DESIGNS = {
    "3 lists, people alike": mse.Design(people=1000, lists=3, kinds=ALIKE),
    "4 lists, people alike": mse.Design(people=2000, lists=4, kinds=ALIKE),
    "6 lists, people alike": mse.Design(people=3000, lists=6, kinds=ALIKE),
    "5 lists, people alike, little overlap": mse.Design(people=1500, lists=5, kinds=RARE),
    "4 lists, two kinds": mse.Design(people=3000, lists=4, kinds=TWO),
    "3 lists, two kinds, most hard to list": mse.Design(people=5000, lists=3, kinds=HARD),
    "5 lists, two kinds, most hard to list": mse.Design(people=2000, lists=5, kinds=HARD),
    "5 lists, three kinds": mse.Design(people=5000, lists=5, kinds=THREE),
    "8 lists, four kinds": mse.Design(people=5000, lists=8, kinds=FOUR),
    "4 lists, people alike, one copies": mse.Design(
        people=2000, lists=4, kinds=ALIKE, copied=((0, 1, 0.4),)
    ),
    "4 lists, people alike, two are rivals": mse.Design(
        people=2000, lists=4, kinds=ALIKE, avoided=((0, 1, 0.2),)
    ),
    "6 lists, two kinds, one copies, two are rivals": mse.Design(
        people=4000, lists=6, kinds=TWO, copied=((0, 1, 0.3),), avoided=((2, 3, 0.3),)
    ),
}

RANDOM = "worlds drawn at random"


def random_design(seed: int) -> mse.Design:
    """Draw a design that nobody chose."""
    rng = np.random.default_rng([77, seed])
    lists = int(rng.integers(3, 9))
    people = int(np.exp(rng.uniform(np.log(600), np.log(20_000))))
    ends = ((0.05, 0.2), (0.1, 0.4), (0.2, 0.5))[int(rng.integers(3))]
    base = rng.uniform(*ends, size=lists)
    many = int(rng.choice([1, 2, 3], p=[0.5, 0.3, 0.2]))
    rates, shares, spread = base[:, None], np.ones(1), 0.0
    if many > 1:
        shares = rng.dirichlet(np.full(many, 3.0))
        ease = np.exp(rng.uniform(0.0, np.log(6.0), many))
        noise = np.exp(rng.normal(0.0, 0.3, (lists, many)))
        rates = np.clip(1.5 * base[:, None] * ease / ease.max() * noise, 0.003, 0.9)
    elif rng.random() < 0.6:
        spread = float(rng.choice([0.5, 1.0, 1.5]))
    tie, strength = rng.choice(["none", "copies", "avoids"], p=[0.6, 0.2, 0.2]), rng.random()
    return mse.Design(
        people=people,
        lists=lists,
        kinds=tuple(mse.Kind(share=float(s), least=0.0, most=1.0) for s in shares),
        rates=tuple(tuple(float(x) for x in row) for row in rates),
        copied=((0, 1, 0.1 + 0.4 * float(strength)),) if tie == "copies" else (),
        avoided=((0, 1, 0.2 + 0.5 * float(strength)),) if tie == "avoids" else (),
        spread=spread,
    )


def design_of(name: str, seed: int) -> mse.Design:
    """The design of one world of the study."""
    return random_design(seed) if name == RANDOM else DESIGNS[name]
