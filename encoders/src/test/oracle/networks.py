"""The networks of dev.engram.encoders.network as PyTorch modules, and values that Java can make too (Formula.java)."""

import math

import numpy as np
import torch
import torchvision
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, units, pool):
        super().__init__()
        self.conv = nn.Conv2d(channels, units, 3, padding=1)
        self.batch = nn.BatchNorm2d(units)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2) if pool else nn.Identity()

    def forward(self, x):
        return self.pool(self.relu(self.batch(self.conv(x))))


class ResNet9(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.prep = Block(3, 32, True)
        self.layer1_head = Block(32, 64, True)
        self.layer1_residual1 = Block(64, 64, False)
        self.layer1_residual2 = Block(64, 64, False)
        self.layer2 = Block(64, 128, True)
        self.layer3_head = Block(128, 256, True)
        self.layer3_residual1 = Block(256, 256, False)
        self.layer3_residual2 = Block(256, 256, False)
        head = [nn.MaxPool2d(2), nn.Flatten()] + ([nn.Linear(256, classes)] if classes else [])
        self.classifier = nn.Sequential(*head)

    def forward(self, x):
        x = self.layer1_head(self.prep(x))
        x = self.layer1_residual2(self.layer1_residual1(x)) + x
        x = self.layer3_head(self.layer2(x))
        x = self.layer3_residual2(self.layer3_residual1(x)) + x
        return self.classifier(x)


def resnet18(classes):
    net = torchvision.models.resnet18(num_classes=classes or 1)
    net.conv1 = nn.Conv2d(3, 64, 3, stride=1, padding=1, bias=False)
    net.maxpool = nn.Identity()
    if not classes:
        net.fc = nn.Identity()
    return net


def projector(width, hidden, out):
    return nn.Sequential(
        nn.Linear(width, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, out, bias=False))


class Projected(nn.Module):
    def __init__(self, encoder, head):
        super().__init__()
        self.encoder, self.projector = encoder, head

    def forward(self, x):
        return self.projector(self.encoder(x))


def nt_xent(z1, z2, temperature):
    z = nn.functional.normalize(torch.cat([z1, z2]), dim=1)
    n = len(z1)
    logits = (z @ z.t() / temperature).fill_diagonal_(-math.inf)
    target = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
    return nn.functional.cross_entropy(logits, target)


def noise(key, count):
    """Values in [-1, 1) that depend on a key (crc32 of a name) and their index alone; exact in float32."""
    mask = (1 << 64) - 1
    with np.errstate(over="ignore"):
        x = (np.arange(1, count + 1, dtype=np.uint64) + np.uint64(key * 1000003 & mask)) * np.uint64(0x9E3779B97F4A7C15)
        x ^= x >> np.uint64(29)
        x *= np.uint64(0xBF58476D1CE4E5B9)
        x ^= x >> np.uint64(32)
    return (x >> np.uint64(40)).astype(np.float64) / (1 << 24) * 2 - 1


def key(name):
    import zlib
    return zlib.crc32(name.encode())


def value(name, shape, dtype):
    """A state tensor by name: weights that keep activations in range, statistics near 0 and 1."""
    count = int(np.prod(shape))
    u = noise(key(name), count)
    last = name.rsplit(".", 1)[1]
    if last == "num_batches_tracked":
        return torch.zeros(shape, dtype=torch.int64)
    if last == "weight" and len(shape) > 1:
        u = u * math.sqrt(6.0 / np.prod(shape[1:]))
    elif last == "weight":
        u = 1 + 0.25 * u
    elif last == "running_var":
        u = 1 + 0.5 * u
    else:
        u = 0.1 * u
    return torch.tensor(u.astype(np.float32)).reshape(shape).to(dtype)


def fill(module, dtype):
    """Gives a module its values; the encoder of a Projected is named without a prefix."""
    state = {n: value(n.removeprefix("encoder."), tuple(t.shape), dtype) for n, t in module.state_dict().items()}
    module.to(dtype).load_state_dict(state, strict=True)
    return module


def images(n, dtype):
    return torch.tensor(noise(key("images"), n * 3 * 32 * 32).astype(np.float32)).reshape(n, 3, 32, 32).to(dtype)
