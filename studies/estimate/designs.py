"""The twelve designs of the calibration study: 3 to 8 lists, 1 to 4 kinds of people."""

from __future__ import annotations

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
