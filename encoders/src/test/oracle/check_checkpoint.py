"""Loads a checkpoint with the values of networks.py (ResNet-9, projector 32-16) strictly into PyTorch and compares every value: check_checkpoint.py FOLDER."""

import pathlib
import sys

import torch
from safetensors.torch import load_file

from networks import ResNet9, fill, images, projector

folder = pathlib.Path(sys.argv[1])
for part, module in (("encoder", ResNet9(0)), ("projector", projector(256, 32, 16))):
    state = load_file(folder / f"{part}.safetensors")
    print(part, module.load_state_dict(state, strict=True))
    if part == "encoder":
        expected = fill(ResNet9(0), torch.float32)
        assert list(sorted(state)) == list(sorted(expected.state_dict()))
        assert all(torch.equal(state[n], t) for n, t in expected.state_dict().items()), "values differ"
        x = images(2, torch.float32)
        assert torch.equal(module.eval()(x), expected.eval()(x))
print("equal")
