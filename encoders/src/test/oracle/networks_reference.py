"""Writes ../resources/oracle/networks.json: outputs, gradients and short trainings of the networks in PyTorch, in double."""

import json
import pathlib

import torch
from torch import nn

from networks import Projected, ResNet9, fill, images, key, noise, nt_xent, projector, resnet18

DTYPE = torch.float64
TEMPERATURE = 0.5


class Lars(torch.optim.Optimizer):
    """p.ndim > 1: g += wd p, g *= trust |p| / |g|. All: mu = 0.9 mu + g, p -= lr mu."""

    def __init__(self, parameters, decay):
        super().__init__(parameters, {"lr": 0.0, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                g = p.grad
                if p.ndim > 1:
                    g = g + group["decay"] * p
                    g = g * (0.001 * p.norm() / g.norm())
                mu = self.state[p].setdefault("mu", torch.zeros_like(p))
                mu.mul_(0.9).add_(g)
                p.sub_(mu * group["lr"])


def summary(name, tensor):
    """Norm, one random projection, and the first values: enough to catch any wrong element."""
    flat = tensor.detach().flatten()
    probe = torch.tensor(noise(key("probe " + name), len(flat)), dtype=DTYPE)
    return {"norm": flat.norm().item(), "probe": (flat @ probe).item(), "head": flat[:4].tolist()}


def evaluation(make):
    net = fill(make(10), DTYPE).eval()
    return {"output": net(images(4, DTYPE)).detach().flatten().tolist()}


def trained(make, width):
    return fill(Projected(make(0), projector(width, 32, 16)), DTYPE).train()


def loss_of(net, x):
    z1, z2 = net(x).chunk(2)
    return nt_xent(z1, z2, TEMPERATURE)


def gradients(make, width):
    net = trained(make, width)
    loss = loss_of(net, images(12, DTYPE))
    loss.backward()
    named = {n.removeprefix("encoder."): p.grad for n, p in net.named_parameters()}
    statistics = {n.removeprefix("encoder."): b for n, b in net.named_buffers() if b.dtype == DTYPE}
    return {
        "loss": loss.item(),
        "gradients": {n: summary(n, g) for n, g in named.items()},
        "statistics": {n: summary(n, b) for n, b in statistics.items()},
    }


def groups(net, decay):
    parameters = list(net.parameters())
    return [{"params": [p for p in parameters if p.ndim > 1], "weight_decay": decay},
            {"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0}]


def trajectory(make, width, optimizer, rates):
    net = trained(make, width)
    optimizer = optimizer(net)
    losses = []
    for rate in rates:
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = loss_of(net, images(12, DTYPE))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    named = {n.removeprefix("encoder."): p for n, p in net.named_parameters()}
    return {"losses": losses, "parameters": {n: summary(n, p) for n, p in named.items()}}


result = {}
for name, make, width in (("resnet9", ResNet9, 256), ("resnet18", resnet18, 512)):
    result[name] = {"evaluation": evaluation(make), "training": gradients(make, width)}
result["resnet9"]["adam"] = trajectory(
    ResNet9, 256, lambda net: torch.optim.Adam(groups(net, 0.01), lr=1.0), [1e-3, 2e-3, 1e-3])
result["resnet9"]["lars"] = trajectory(ResNet9, 256, lambda net: Lars(net.parameters(), 0.01), [0.5, 1.0, 0.5])
target = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "networks.json"
target.write_text(json.dumps(result, indent=1) + "\n")
print(target, target.stat().st_size, "bytes", {n: r["training"]["loss"] for n, r in result.items()},
      result["resnet9"]["adam"]["losses"], result["resnet9"]["lars"]["losses"])
