"""Writes ../resources/oracle/objectives.json: values and gradients of the objectives, written plainly in PyTorch, in double."""

import json
import math
import pathlib

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
N, D = 4, 3


def wave(function, n, d, a, b, c):
    return torch.tensor([[function(a * i + b * j + c) for j in range(d)] for i in range(n)])


def z1():
    return wave(math.sin, N, D, 0.7, 0.3, 0.1)


def z2():
    return wave(math.cos, N, D, 0.5, -0.2, 0.05)


LABELS = torch.tensor([0, 2, 2, 1])


def supervised(smoothing):
    def loss(logits):
        target = torch.full((N, D), smoothing / D)
        for i, label in enumerate(LABELS):
            target[i, label] += 1 - smoothing
        return -(target * torch.log(torch.exp(logits) / torch.exp(logits).sum(1, keepdim=True))).sum(1).mean()
    return loss, [z1()]


def vicreg():
    def loss(a, b):
        total = 25 * ((a - b) ** 2).mean()
        for z in (a, b):
            c = torch.cov(z.T)
            std = torch.sqrt(torch.diagonal(c) + 1e-4)
            off = c - torch.diag(torch.diagonal(c))
            total = total + 12.5 * torch.clamp(1 - std, min=0).mean() + (off ** 2).sum() / D
        return total
    return loss, [z1(), z2()]


def barlow():
    def loss(a, b):
        a = (a - a.mean(0)) / torch.sqrt(a.var(0, unbiased=False) + 1e-5)
        b = (b - b.mean(0)) / torch.sqrt(b.var(0, unbiased=False) + 1e-5)
        c = torch.einsum("ni,nj->ij", a, b) / N
        weight = torch.full((D, D), 0.0051).fill_diagonal_(1)
        return (weight * (c - torch.eye(D)) ** 2).sum()
    return loss, [z1(), z2()]


def byol():
    def loss(a, b):
        t1, t2 = 0.5 * z2() + 0.1, 0.8 * z1() - 0.2
        return (4 - 2 * F.cosine_similarity(a, t2) - 2 * F.cosine_similarity(b, t1)).mean()
    return loss, [z1(), z2()]


def simsiam():
    def loss(a, b):
        t1, t2 = 0.5 * z2() + 0.1, 0.8 * z1() - 0.2
        return -(F.cosine_similarity(a, t2) + F.cosine_similarity(b, t1)).mean() / 2
    return loss, [z1(), z2()]


def dino():
    """Two global and one local view; temperatures 0.1 and 0.05; a center that is not zero."""
    def loss(a, b, c):
        center = torch.tensor([0.1, -0.05, 0.02])
        teachers = [0.5 * z2() + 0.1, 0.8 * z1() - 0.2]
        total, pairs = 0, 0
        for i, t in enumerate(teachers):
            for j, s in enumerate((a, b, c)):
                if i != j:
                    total = total + F.cross_entropy(s / 0.1, F.softmax((t - center) / 0.05, 1))
                    pairs += 1
        return total / pairs
    return loss, [z1(), z2(), z1() - z2()]


def mae():
    """Two images of three patches of five values; the last patch of the first and the first two of the second are masked."""
    target = wave(math.sin, 6, 5, 0.9, 0.4, 0.3).reshape(2, 3, 5)
    mask = torch.tensor([[0.0, 0, 1], [1, 1, 0]])

    def loss(predicted):
        total = 0
        for n, t in mask.nonzero().tolist():
            patch = target[n, t]
            patch = (patch - patch.mean()) / (patch.var(unbiased=True) + 1e-6).sqrt()
            total = total + ((predicted[n, t] - patch) ** 2).mean()
        return total / 3
    return loss, [wave(math.cos, 6, 5, 0.2, -0.3, 0.7).reshape(2, 3, 5)]


def msn(exponent, sinkhorn):
    """Five prototypes; weight 0.7 of the prior and 0.3 of the entropy."""
    def loss(z, prototypes):
        q = F.normalize(prototypes)
        p = F.softmax(F.normalize(z) @ q.T / 0.1, 1)
        with torch.no_grad():
            target = F.softmax(F.normalize(z2()) @ q.T / 0.1, 1) ** 4
            target = target / target.sum(1, keepdim=True)
            if sinkhorn:
                target = target / target.sum()
                for _ in range(3):
                    target = target / target.sum(0, keepdim=True) / 5
                    target = target / target.sum(1, keepdim=True) / N
                target = target * N
        mean = p.mean(0)
        prior = torch.arange(1, 6) ** -exponent
        prior = prior / prior.sum()
        return (-(target * p.log()).sum(1).mean() + 0.7 * (mean * (mean / prior).log()).sum()
                - 0.3 * (p * p.log()).sum(1).mean())
    return loss, [z1(), wave(math.sin, 5, D, 1.1, 0.9, 0.2)]


def supcon():
    def loss(a, b):
        z = F.normalize(torch.cat([a, b]))
        labels = torch.cat([LABELS, LABELS])
        total = 0
        for i in range(2 * N):
            others = [j for j in range(2 * N) if j != i]
            scale = torch.logsumexp(torch.stack([z[i] @ z[j] / 0.1 for j in others]), 0)
            positives = [j for j in others if labels[j] == labels[i]]
            total = total - sum(z[i] @ z[j] / 0.1 - scale for j in positives) / len(positives)
        return total / (2 * N)
    return loss, [z1(), z2()]


def entry(pair):
    loss, leaves = pair
    leaves = [leaf.requires_grad_(True) for leaf in leaves]
    value = loss(*leaves)
    gradients = torch.autograd.grad(value, leaves)
    return {"loss": value.item(), "gradients": [g.flatten().tolist() for g in gradients]}


result = {
    "supervised": entry(supervised(0.0)),
    "supervised_smoothed": entry(supervised(0.1)),
    "vicreg": entry(vicreg()),
    "barlow_twins": entry(barlow()),
    "byol": entry(byol()),
    "simsiam": entry(simsiam()),
    "dino": entry(dino()),
    "mae": entry(mae()),
    "msn": entry(msn(0.0, False)),
    "msn_sinkhorn": entry(msn(0.0, True)),
    "pmsn": entry(msn(0.25, False)),
    "supcon": entry(supcon()),
}
target = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "objectives.json"
target.write_text(json.dumps(result, indent=1) + "\n")
print({name: values["loss"] for name, values in result.items()})
