"""Prints the values SwapTestTest, FalseDiscoveryTest and MembershipTestTest hold, by scipy and by plain enumeration."""
from itertools import product

import numpy as np
from scipy.stats import binomtest, false_discovery_control, mannwhitneyu, permutation_test


def mcnemar(memorized, misrepresented):
    n = memorized + misrepresented
    return (binomtest(memorized, n, 0.5, "greater").pvalue, binomtest(memorized, n, 0.5).pvalue) if n else (1.0, 1.0)


print("McNemar: memorized, misrepresented, greater, two-sided")
for cell in [(7, 1), (3, 3), (0, 5), (40, 22), (5100, 4800), (0, 0)]:
    print(cell, *map(repr, map(float, mcnemar(*cell))))


def swaps(one, other):
    """one = (memorized, correlated, misrepresented, unassociated) of each direction; every swap of every image by scipy."""
    target, reference = [], []
    for m, c, r, u in (one, other):
        n = m + c + r + u
        target += [1 / n] * m + [1 / n] * c + [0] * r + [0] * u
        reference += [0] * m + [1 / n] * c + [1 / n] * r + [0] * u
    x, y = np.array(target), np.array(reference)
    keep = x != y  # swapping equal verdicts changes nothing
    x, y = x[keep], y[keep]
    statistic = lambda a, b, axis=-1: np.round((a - b).sum(axis=axis), 12)
    result = [permutation_test((x, y), statistic, permutation_type="samples", n_resamples=np.inf,
                               alternative=side).pvalue for side in ("greater", "two-sided")]
    return result


print("two directions: greater, two-sided")
for one, other in [((5, 2, 2, 3), (4, 1, 1, 9)), ((1, 0, 4, 2), (2, 6, 1, 3)), ((6, 3, 0, 1), (0, 2, 3, 20))]:
    print(one, other, *map(repr, map(float, swaps(one, other))))

p = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9, 1.0]
print("Benjamini-Hochberg", [float(v) for v in false_discovery_control(p)])

members = np.array([-0.1, -0.1, -0.4, -0.7, -1.2, 0.0, -0.4, -2.0])
others = np.array([-0.4, -0.9, -1.2, -1.5, -0.1, -2.0, -2.0, -0.8, -1.0, -1.1])
print("AUC", float(mannwhitneyu(members, others).statistic / len(members) / len(others)))


def found(rate):
    best = 0.0
    for threshold in np.unique(np.concatenate([members, others, [np.inf]])):
        if (others >= threshold).mean() <= rate + 1e-12:
            best = max(best, (members >= threshold).mean())
    return float(best)


print("TPR", {rate: found(rate) for rate in (0.05, 0.1, 0.2, 0.5, 1.0)})
