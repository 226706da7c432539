"""Writes ../resources/oracle/reference.safetensors with safetensors.torch: every element type, a scalar, an empty tensor."""

import pathlib

import torch
from safetensors.torch import save_file

target = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "reference.safetensors"
save_file(
    {
        "f32": torch.tensor([[1.5, -2.0, 3.25], [0.1, 1e-30, float("inf")]]),
        "f64": torch.tensor([0.1, -1e300], dtype=torch.float64),
        "i64": torch.tensor(-(2**40)),
        "i32": torch.tensor([[7], [-8]], dtype=torch.int32),
        "u8": torch.tensor([0, 1, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "f16": torch.tensor([0.1, -65504.0, 6e-8]).half(),
        "bf16": torch.tensor([0.1, -3e38]).bfloat16(),
        "empty": torch.zeros(0, 5),
    },
    target,
    metadata={"format": "pt", "note": "naïve"},
)
print(target, target.stat().st_size, "bytes")
for n, t in (("f16", torch.tensor([0.1, -65504.0, 6e-8]).half()), ("bf16", torch.tensor([0.1, -3e38]).bfloat16())):
    print(n, t.float().tolist())
