"""Writes ../resources/oracle/initial-weights.json: how torchvision and timm begin.

For every parameter of a few networks: the value that all elements have; or, of those with 256 elements or more, their standard
deviation, the largest of them in these deviations, and the mean in these deviations times the root of their number. All by
the constructors' own initialization, seed 0.
"""

import json
import math
import pathlib

import torch
import torchvision

from peer_modules import CASES

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "initial-weights.json"
NETWORKS = {
    "resnet18": CASES["resnet18"]["module"],
    "resnet50": lambda: torchvision.models.resnet50(num_classes=10),
    "vgg11_bn": lambda: torchvision.models.vgg11_bn(num_classes=10),
    "vit_tiny": CASES["vit_tiny classifier"]["module"],
    "vit_tiny avg without class token": CASES["vit_tiny avg without class token"]["module"],
}


def described(values):
    if (values == values[0]).all():
        return [values[0].item()]
    if len(values) < 256:
        return []
    deviation = values.std().item()
    return [deviation, values.abs().max().item() / deviation, values.mean().item() / deviation * math.sqrt(len(values))]


found = {}
for name, make in NETWORKS.items():
    torch.manual_seed(0)
    module = make()
    found[name] = {n: [float(f"{v:.6g}") for v in described(p.detach().flatten())] for n, p in module.named_parameters()}
TARGET.write_text("{\n" + ",\n".join(json.dumps(n) + ": " + json.dumps(v, separators=(",", ":")) for n, v in found.items()) + "\n}\n")
print(TARGET.stat().st_size, "bytes")
