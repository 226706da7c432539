"""Expected values of RankCorrelationTest, by scipy. Writes rank-correlations.csv beside the tests."""
import csv
import sys

import numpy as np
import scipy
from scipy import stats

CASES = [  # n, strength of the common part, values are rounded to this many levels (0: not at all), seed
    (3, 0.5, 0, 1), (7, 0.2, 0, 2), (20, 1.0, 0, 3), (20, 1.0, 4, 4), (100, 0.4, 0, 5), (100, -0.8, 10, 6),
    (155, 1.2, 0, 7), (500, 0.1, 3, 8), (1000, 3.0, 0, 9), (5000, 0.05, 50, 10),
]


def rankings(n, strength, levels, seed):
    """A formula both languages evaluate alike: no generator to share."""
    i = np.arange(1, n + 1, dtype=np.float64)
    common = np.sin(i * (1.0 + seed * 0.37))
    a = strength * common + np.sin(i * (2.0 + seed * 0.11) + 1)
    b = abs(strength) * common + np.sin(i * (3.0 + seed * 0.07) + 2)
    return (np.floor(a * levels), np.floor(b * levels)) if levels else (a, b)


rows = []
for case in CASES:
    a, b = rankings(*case)
    tau = stats.kendalltau(a, b, method="asymptotic")
    rho = stats.spearmanr(a, b)
    rows.append(list(case) + [repr(float(v)) for v in (tau.statistic, tau.pvalue, rho.statistic, rho.pvalue)])

with open(sys.argv[1], "w", newline="") as out:
    out.write(f"# scipy {scipy.__version__}; columns: n strength levels seed; kendall tau-b, p (asymptotic); spearman rho, p\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
