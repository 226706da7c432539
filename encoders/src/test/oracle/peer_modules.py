"""The peers of dev.engram.encoders.network: modules of torchvision and timm, and plain PyTorch for what those do not have."""

import timm
import torch
from torch import nn

SMALL = (2, 3, 32, 32)


def vit(name, side, patch, **options):
    options.setdefault("num_classes", 0)
    return lambda: timm.create_model(name + "_patch16_224", img_size=side, patch_size=patch, **options)


CASES = {
    "vit_tiny": {"module": vit("vit_tiny", 32, 4), "input": SMALL, "taps": {
        "patch_embed.proj": "patch_embed.proj", "pos_drop": "pos_drop", "blocks.0.norm1": "blocks.0.norm1",
        "blocks.3.attn.qkv": "blocks.3.attn.qkv", "blocks.5.attn.proj": "blocks.5.attn.proj", "blocks.5.add_1": "blocks.5",
        "blocks.11.mlp.act": "blocks.11.mlp.act", "norm": "norm"}},
    "vit_tiny classifier": {
        "module": vit("vit_tiny", 24, 8, num_classes=10, depth=2), "input": (2, 3, 24, 24), "trained": True},
    "vit_tiny avg": {
        "module": vit("vit_tiny", 32, 8, depth=2, global_pool="avg"), "input": SMALL},
    "vit_tiny avg without class token": {
        "module": vit("vit_tiny", 32, 8, depth=2, global_pool="avg", class_token=False), "input": SMALL},
    "vit_small": {"module": vit("vit_small", 28, 7, in_chans=1), "input": (1, 1, 28, 28)},
    "vit_base": {"module": vit("vit_base", 32, 16), "input": (1, 3, 32, 32)},
}
