"""Writes ../resources/oracle/positions.json: timm's resampling of learned positions, and sine-cosine positions by NumPy."""

import json
import pathlib

import numpy as np
import torch
from timm.layers import resample_abs_pos_embed

from networks import key, noise


def resampled(prefix, old, new, antialias):
    width = 3
    tokens = prefix + old * old
    values = noise(key("images"), tokens * width).astype(np.float32)
    x = torch.tensor(values).reshape(1, tokens, width)
    y = resample_abs_pos_embed(x, [new, new], [old, old], num_prefix_tokens=prefix, antialias=antialias)
    return y.flatten().tolist()


def sines(side, width):
    """The first half by column, the second by row; in each the sines of all frequencies, then the cosines."""
    rows, columns = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    frequencies = 1 / 10000 ** (np.arange(width // 4) / (width / 4.0))
    halves = []
    for place in (columns.reshape(-1), rows.reshape(-1)):
        angles = np.outer(place, frequencies)
        halves += [np.sin(angles), np.cos(angles)]
    return np.concatenate(halves, axis=1).reshape(-1).tolist()


result = {
    "larger": resampled(1, 4, 7, False), "larger antialiased": resampled(1, 4, 7, True),
    "smaller": resampled(1, 5, 3, False), "smaller antialiased": resampled(0, 5, 3, True),
    "sines": sines(3, 8),
}
target = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "positions.json"
target.write_text(json.dumps(result) + "\n")
print(target.stat().st_size, "bytes")
