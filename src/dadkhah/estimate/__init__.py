"""How many: overlaps of lists in, one of three honest answers out.

    import dadkhah.estimate as mse
    answer = mse.estimate("lists.csv", assumption="The lists were gathered apart, and ...")
    answer                      # the interval or bound, the reasons, what every model says

Overlaps come as a file, a data frame, an array, a dict or sets of people; see `read`.

An `Estimate` has an interval with its level; an `AtLeast` has a bound that the truth is not
below; a `Refusal` has reasons. All three are results.
"""

from dadkhah.estimate.answer import MODELS, estimate, versions
from dadkhah.estimate.averaging import Averaged, Draw, estimate_draws
from dadkhah.estimate.chao import lower_bound
from dadkhah.estimate.concealment import publishable
from dadkhah.estimate.decomposable import decomposable
from dadkhah.estimate.gates import gates
from dadkhah.estimate.graded import graded
from dadkhah.estimate.latent import LatentPrior, Posterior, sample
from dadkhah.estimate.overlaps import drop_list, overlaps, tidy
from dadkhah.estimate.pooling import average, total, variance_parts
from dadkhah.estimate.reading import overlaps_from_table, read
from dadkhah.estimate.rehearsal import rehearse
from dadkhah.estimate.report import draws_digest, report, reproduce
from dadkhah.estimate.sensitivity import sensitivity
from dadkhah.estimate.strata import Listed, join_scripts, missing_share, stratify
from dadkhah.estimate.telling import headline
from dadkhah.estimate.tempering import temper
from dadkhah.estimate.thresholding import thresholded
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
    "Averaged",
    "Design",
    "Diagnostics",
    "Draw",
    "Draws",
    "Estimate",
    "Finding",
    "Gate",
    "Kind",
    "LatentPrior",
    "Listed",
    "Overlaps",
    "Posterior",
    "Reason",
    "Refusal",
    "average",
    "decomposable",
    "design_like",
    "draws_digest",
    "drop_list",
    "estimate",
    "estimate_draws",
    "gates",
    "graded",
    "headline",
    "join_scripts",
    "lower_bound",
    "missing_share",
    "overlaps",
    "overlaps_from_table",
    "publishable",
    "read",
    "rehearse",
    "report",
    "reproduce",
    "sample",
    "sensitivity",
    "stratify",
    "temper",
    "thresholded",
    "tidy",
    "total",
    "trial",
    "variance_parts",
    "versions",
    "world",
]
