"""Writes optimizer-trajectories.json: 40 steps of PyTorch's optimizers in double, with every rate scheduled.

Run: python optimizer_trajectories.py > ../resources/oracle/optimizer-trajectories.json
The gradient depends on the weights, so an error in any step is carried on: g = 0.1 w + 0.3 sin(step + 1.7 i), i counted
over w (2 x 2), then v (2 x 2), then b (2).
"""

import json
import math

import torch

STEPS = 40


def parameters():
    w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64, requires_grad=True)
    v = torch.tensor([[-1.0, 0.5], [0.25, -2.0]], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([0.5, -0.5], dtype=torch.float64, requires_grad=True)
    return w, v, b


def set_gradients(params, step):
    i = 0
    for p in params:
        noise = torch.tensor([0.3 * math.sin(step + 1.7 * (i + j)) for j in range(p.numel())], dtype=torch.float64)
        p.grad = 0.1 * p.detach() + noise.view_as(p)
        i += p.numel()


def decay(step):
    return 0.4 + (0.04 - 0.4) * (1 + math.cos(math.pi * step / STEPS)) / 2


def clip_each(params, clip):
    """Every parameter by its own norm, as DINO's training script does. Returns whether any was above the bound."""
    norms = [p.grad.norm() for p in params]
    for p, norm in zip(params, norms):
        p.grad *= min(1.0, clip / (float(norm) + 1e-6))
    return sum(float(n) > clip for n in norms)


def run(make, clip=None, each=None, scheduled_decay=False, scheduler=None):
    w, v, b = params = parameters()
    optimizer = make(w, v, b)
    schedule = scheduler(optimizer) if scheduler else None
    rates, momenta, norms, shortened = [], [], [], []
    for step in range(STEPS):
        set_gradients(params, step)
        group = optimizer.param_groups[0]
        rates.append(group["lr"])
        momenta.append(group["betas"][0] if "betas" in group else group["momentum"])
        if scheduled_decay:
            for g in optimizer.param_groups:
                if g["weight_decay"] != 0:
                    g["weight_decay"] = decay(step)
        if clip:
            norms.append(float(torch.nn.utils.clip_grad_norm_(params, clip)))
        if each:
            shortened.append(clip_each(params, each))
        optimizer.step()
        if schedule:
            schedule.step()
    result = {"w": w.flatten().tolist(), "v": v.flatten().tolist(), "b": b.tolist(), "rates": rates, "momenta": momenta}
    if clip:
        result["clipped_steps"] = sum(n > clip for n in norms)
    if each:
        result["clipped_gradients"] = sum(shortened)
    return result


def split(w, v, b, wd):
    return [{"params": [w], "weight_decay": wd}, {"params": [v, b], "weight_decay": 0.0}]


class Lars(torch.optim.Optimizer):
    """The formulas of the LARS paper as self-supervised practice has them, written out naively."""

    def __init__(self, groups, lr, momentum, trust):
        super().__init__(groups, dict(lr=lr, momentum=momentum, trust=trust, weight_decay=0.0))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                g = p.grad + group["weight_decay"] * p
                if p.ndim != 1:
                    pn, gn = p.norm().item(), g.norm().item()
                    g = g * (group["trust"] * pn / gn if pn > 0 and gn > 0 else 1.0)
                state = self.state[p]
                state["mu"] = group["momentum"] * state.get("mu", torch.zeros_like(p)) + g
                p -= group["lr"] * state["mu"]


def one_cycle(optimizer):
    return torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.05, total_steps=STEPS)


def multi_step(optimizer):
    return torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[10, 25], gamma=0.3)


class CosineButForTheLast(torch.optim.lr_scheduler.LambdaLR):
    """What SimSiam's code does by hand: the last group keeps its rate, the others fall along half a cosine."""

    def __init__(self, optimizer):
        def falls(step):
            return (1 + math.cos(math.pi * step / STEPS)) / 2

        super().__init__(optimizer, [falls] * (len(optimizer.param_groups) - 1) + [lambda step: 1.0])


print(json.dumps({
    "sgd_nesterov": run(lambda w, v, b: torch.optim.SGD(
        split(w, v, b, 0.01), lr=0.05, momentum=0.9, nesterov=True), scheduler=multi_step),
    "sgd_all_decayed_clipped": run(lambda w, v, b: torch.optim.SGD(
        [w, v, b], lr=0.05, momentum=0.8, weight_decay=0.01), clip=0.9),
    "sgd_fixed_rate": run(lambda w, v, b: torch.optim.SGD(
        [{"params": [w]}, {"params": [v, b]}], lr=0.05, momentum=0.9, weight_decay=0.01), scheduler=CosineButForTheLast),
    "sgd_plain": run(lambda w, v, b: torch.optim.SGD([w, v, b], lr=0.05)),
    "adam_one_cycle": run(lambda w, v, b: torch.optim.Adam(
        split(w, v, b, 1e-2), lr=0.05), scheduler=one_cycle),
    "adamw_decay_schedule": run(lambda w, v, b: torch.optim.AdamW(
        split(w, v, b, 0.04), lr=0.01, betas=(0.9, 0.95)), scheduled_decay=True),
    "adamw_each_clipped": run(lambda w, v, b: torch.optim.AdamW(
        split(w, v, b, 0.04), lr=0.01, betas=(0.9, 0.95)), each=0.6),
    "lars_vector_rate": run(lambda w, v, b: Lars(
        [{"params": [w], "weight_decay": 0.01}, {"params": [v]}, {"params": [b], "lr": 0.2 * 0.024}],
        lr=0.2, momentum=0.9, trust=0.02)),
}, indent=1))
