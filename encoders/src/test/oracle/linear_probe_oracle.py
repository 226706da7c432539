"""Prints the minimum of the linear probe's objective for a fixed data set, by scipy, for LinearProbeTest.

The features are made by a formula that Java repeats exactly (no random generator to agree on).
"""
import numpy as np
from scipy.optimize import minimize

N, D, C, PENALTY = 120, 6, 3, 1e-2


def features(n, shift):
    i = np.arange(n)[:, None] + shift
    j = np.arange(D)[None, :]
    signal = 0.6 * (np.arange(n)[:, None] % C == j % C)
    return (np.sin(i * i * (j + 1) * 0.37) + signal).astype(np.float32)


def standardize(x, mean, std):
    return (x.astype(np.float64) - mean) / std


x, y = features(N, 0), np.arange(N) % C
held, held_y = features(60, 1000), np.arange(60) % C
mean, std = x.astype(np.float64).mean(0), x.astype(np.float64).std(0)
xs, hs = standardize(x, mean, std), standardize(held, mean, std)


def objective(p):
    w, b = p[: D * C].reshape(D, C), p[D * C:]
    logits = xs @ w + b
    m = logits.max(1, keepdims=True)
    log = logits - m - np.log(np.exp(logits - m).sum(1, keepdims=True))
    loss = -log[np.arange(N), y].mean() + 0.5 * PENALTY * (w * w).sum()
    e = np.exp(log)
    e[np.arange(N), y] -= 1
    e /= N
    return loss, np.concatenate([(xs.T @ e + PENALTY * w).ravel(), e.sum(0)])


best = minimize(objective, np.zeros((D + 1) * C), jac=True, method="BFGS", options=dict(gtol=1e-11, maxiter=10000))
w, b = best.x[: D * C].reshape(D, C), best.x[D * C:]
print("loss", repr(best.fun))
print("train correct", int((np.argmax(xs @ w + b, 1) == y).sum()), "of", N)
print("held-out correct", int((np.argmax(hs @ w + b, 1) == held_y).sum()), "of", len(held_y))
