"""Expected values of TwoSampleTestTest, by scipy. Writes two-sample-tests.csv beside the tests."""
import csv
import sys

import numpy as np
import scipy
from scipy import stats

CASES = [  # n, m, mean, standard deviation, seed
    (2, 2, 0.1, 1.0, 1), (2, 9, 0.5, 2.0, 2), (5, 7, 0.0, 1.0, 3), (30, 12, -0.4, 0.3, 4),
    (50, 50, 0.8, 1.0, 5), (400, 900, 0.1, 1.5, 6), (1000, 5000, 0.02, 1.0, 7), (60, 60, 5.0, 1.0, 8),
]


def sample(n, mean, deviation, seed):
    """A formula both languages evaluate alike: no generator to share."""
    i = np.arange(1, n + 1, dtype=np.float64)
    return mean + deviation * np.sin(i * (1.0 + seed * 0.37) + seed)


rows = []
for n, m, mean, deviation, seed in CASES:
    a, b = sample(n, mean, deviation, seed), sample(m, 0.0, 1.0, seed + 100)
    row = [n, m, mean, deviation, seed]
    for alternative in ("greater", "two-sided"):
        student = stats.ttest_ind(a, b, alternative=alternative)
        welch = stats.ttest_ind(a, b, equal_var=False, alternative=alternative)
        row += [student.statistic, student.pvalue, welch.statistic, welch.pvalue]
    pooled = np.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / (n + m - 2))
    rows.append(row + [(a.mean() - b.mean()) / pooled])

with open(sys.argv[1], "w", newline="") as out:
    out.write(f"# scipy {scipy.__version__}; columns: n m mean deviation seed; greater: t p welch_t welch_p; "
              "two-sided: t p welch_t welch_p; cohen_d\n")
    csv.writer(out, lineterminator="\n").writerows([[repr(float(v)) if isinstance(v, (float, np.floating)) else v for v in r] for r in rows])
