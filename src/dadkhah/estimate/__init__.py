"""How many: overlaps of lists in, one of three honest answers out.

    import dadkhah.estimate as mse
    table = mse.overlaps_from_table("lists.csv")
    answer = mse.estimate(table, seed=1, assumption="The lists were gathered apart, and ...")
    page = mse.report(answer, table)

An `Estimate` has an interval with its level; an `AtLeast` has a bound that the truth is not
below; a `Refusal` has reasons. All three are results.
"""

from dadkhah.estimate.answer import MODELS, estimate, versions
from dadkhah.estimate.chao import lower_bound
from dadkhah.estimate.decomposable import decomposable
from dadkhah.estimate.gates import gates
from dadkhah.estimate.latent import LatentPrior, Posterior, sample
from dadkhah.estimate.overlaps import drop_list, overlaps, overlaps_from_table, tidy
from dadkhah.estimate.pooling import average, total, variance_parts
from dadkhah.estimate.report import headline, report, reproduce
from dadkhah.estimate.sensitivity import sensitivity
from dadkhah.estimate.tempering import temper
from dadkhah.estimate.values import (
    Answer,
    AtLeast,
    Diagnostics,
    Draws,
    Estimate,
    Finding,
    Gate,
    Overlaps,
    Reason,
    Refusal,
)
from dadkhah.estimate.worlds import Design, Kind, design_like, trial, world

__all__ = [
    "MODELS",
    "Answer",
    "AtLeast",
    "Design",
    "Diagnostics",
    "Draws",
    "Estimate",
    "Finding",
    "Gate",
    "Kind",
    "LatentPrior",
    "Overlaps",
    "Posterior",
    "Reason",
    "Refusal",
    "average",
    "decomposable",
    "design_like",
    "drop_list",
    "estimate",
    "gates",
    "headline",
    "lower_bound",
    "overlaps",
    "overlaps_from_table",
    "report",
    "reproduce",
    "sample",
    "sensitivity",
    "temper",
    "tidy",
    "total",
    "trial",
    "variance_parts",
    "versions",
    "world",
]
