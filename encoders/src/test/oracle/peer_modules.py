"""The peers of dev.engram.encoders.network: modules of torchvision and timm, and plain PyTorch for what those do not have."""

import collections
import functools

import timm
import torch
from torch import nn

SMALL = (2, 3, 32, 32)


def vit(name, side, patch, **options):
    options.setdefault("num_classes", 0)
    return lambda: timm.create_model(name + "_patch16_224", img_size=side, patch_size=patch, **options)


def perceptron(widths, hidden_bias=True, norm=True, last_bias=False, last_norm=None):
    layers = []
    for a, b in zip(widths[:-2], widths[1:-1]):
        layers += [nn.Linear(a, b, bias=hidden_bias)] + ([nn.BatchNorm1d(b)] if norm else []) + [nn.ReLU()]
    layers.append(nn.Linear(widths[-2], widths[-1], bias=last_bias))
    if last_norm is not None:
        layers.append(nn.BatchNorm1d(widths[-1], affine=last_norm))
    return nn.Sequential(*layers)


class DinoHead(nn.Module):
    def __init__(self, width, outputs, layers, hidden, bottleneck, norm, fixed):
        super().__init__()
        if layers == 1:
            self.mlp = nn.Linear(width, bottleneck)
        else:
            parts = []
            for i in range(layers - 1):
                parts.append(nn.Linear(hidden if i else width, hidden))
                parts += [nn.BatchNorm1d(hidden)] if norm else []
                parts.append(nn.GELU())
            self.mlp = nn.Sequential(*parts, nn.Linear(hidden, bottleneck))
        self.last_layer = nn.utils.weight_norm(nn.Linear(bottleneck, outputs, bias=False))
        self.last_layer.weight_g.requires_grad = not fixed

    def forward(self, x):
        return self.last_layer(nn.functional.normalize(self.mlp(x), dim=-1))


def msn_head(width, hidden, outputs, norm):
    parts = collections.OrderedDict(fc1=nn.Linear(width, hidden))
    if norm:
        parts["bn1"] = nn.BatchNorm1d(hidden)
    parts["gelu1"], parts["fc2"] = nn.GELU(), nn.Linear(hidden, hidden)
    if norm:
        parts["bn2"] = nn.BatchNorm1d(hidden)
    parts["gelu2"], parts["fc3"] = nn.GELU(), nn.Linear(hidden, outputs)
    return nn.Sequential(parts)


class Prototypes(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.prototypes = nn.Parameter(torch.zeros(count, width))

    def forward(self, x):
        return nn.functional.normalize(x) @ nn.functional.normalize(self.prototypes).T


def shuffle(n, tokens):
    """A permutation of the tokens for each image: those kept, then those that are missing."""
    i = torch.arange(tokens)
    return torch.stack([(7 * i + 3 + 5 * image) % tokens for image in range(n)])


class MaskedAutoencoder(nn.Module):
    """timm's transformer as encoder of 4 of 16 patches, and the decoder of He et al. 2022, built of timm's blocks."""

    def __init__(self, width=24):
        super().__init__()
        self.encoder = timm.models.vision_transformer.VisionTransformer(
            img_size=16, patch_size=4, embed_dim=32, depth=2, num_heads=2, num_classes=0)
        self.encoder.pos_embed.requires_grad = False
        self.decoder = nn.Module()
        self.decoder.mask_token = nn.Parameter(torch.zeros(1, 1, width))
        self.decoder.decoder_pos_embed = nn.Parameter(torch.zeros(1, 17, width), requires_grad=False)
        self.decoder.decoder_embed = nn.Linear(32, width)
        norm = functools.partial(nn.LayerNorm, eps=1e-6)
        self.decoder.decoder_blocks = nn.ModuleList(
            timm.models.vision_transformer.Block(width, 3, qkv_bias=True, norm_layer=norm) for _ in range(2))
        self.decoder.decoder_norm = norm(width)
        self.decoder.decoder_pred = nn.Linear(width, 48)

    def forward(self, images):
        e, d = self.encoder, self.decoder
        order = shuffle(len(images), 16)
        x = e.patch_embed(images) + e.pos_embed[:, 1:]
        x = torch.stack([tokens[kept] for tokens, kept in zip(x, order[:, :4])])
        x = torch.cat([(e.cls_token + e.pos_embed[:, :1]).expand(len(x), -1, -1), x], dim=1)
        x = d.decoder_embed(e.norm(e.blocks(x)))
        tokens = d.mask_token.repeat(len(x), 16, 1)
        for image in range(len(x)):
            tokens[image, order[image, :4]] = x[image, 1:]
        x = torch.cat([x[:, :1], tokens], dim=1) + d.decoder_pos_embed
        for block in d.decoder_blocks:
            x = block(x)
        return d.decoder_pred(d.decoder_norm(x))[:, 1:]


class MaskedAnchor(nn.Module):
    """Small images through a transformer for larger ones, the same patches left out for all: what MSN does with its anchors."""

    def __init__(self):
        super().__init__()
        self.encoder = timm.models.vision_transformer.VisionTransformer(
            img_size=16, patch_size=4, embed_dim=32, depth=2, num_heads=2, num_classes=0)

    def forward(self, images):
        e = self.encoder
        grid = e.pos_embed[:, 1:].reshape(1, 4, 4, -1).permute(0, 3, 1, 2)
        grid = nn.functional.interpolate(grid, size=(6, 6), mode="bicubic").permute(0, 2, 3, 1).flatten(1, 2)
        x = e.patch_embed.proj(images).flatten(2).transpose(1, 2) + grid
        x = x[:, shuffle(1, 36)[0, :20]]
        x = torch.cat([(e.cls_token + e.pos_embed[:, :1]).expand(len(x), -1, -1), x], dim=1)
        return e.norm(e.blocks(x))[:, 0]


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
    "projector vicreg": {"module": lambda: perceptron([6, 9, 8, 7]), "input": (5, 6), "trained": True},
    "projector simclr": {
        "module": lambda: perceptron([6, 9, 7], hidden_bias=False, last_norm=True), "input": (5, 6), "trained": True},
    "projector barlow": {"module": lambda: perceptron([6, 9, 7], hidden_bias=False), "input": (5, 6)},
    "projector byol": {"module": lambda: perceptron([6, 9, 7], last_bias=True), "input": (5, 6)},
    "projector simsiam": {
        "module": lambda: perceptron([6, 9, 8, 7], hidden_bias=False, last_norm=False), "input": (5, 6), "trained": True},
    "predictor simsiam": {
        "module": lambda: perceptron([6, 9, 7], hidden_bias=False, last_bias=True), "input": (5, 6)},
    "projector plain": {"module": lambda: perceptron([6, 9, 7], hidden_bias=False, norm=False), "input": (5, 6)},
    "dino head": {"module": lambda: DinoHead(6, 11, 3, 9, 7, False, True), "input": (5, 6), "trained": True},
    "dino head of the variants": {
        "module": lambda: DinoHead(6, 11, 2, 9, 7, True, False), "input": (5, 6), "trained": True},
    "dino head of one layer": {"module": lambda: DinoHead(6, 11, 1, 9, 7, False, True), "input": (5, 6)},
    "msn head": {"module": lambda: msn_head(6, 9, 7, True), "input": (5, 6), "trained": True},
    "msn head without batch norm": {"module": lambda: msn_head(6, 9, 7, False), "input": (5, 6)},
    "prototypes": {"module": lambda: Prototypes(6, 9), "input": (5, 6), "trained": True},
    "masked autoencoder": {"module": MaskedAutoencoder, "input": (3, 3, 16, 16), "trained": True},
    "masked anchor": {"module": MaskedAnchor, "input": (3, 3, 24, 24), "trained": True},
    "vit_base": {"module": vit("vit_base", 32, 16), "input": (1, 3, 32, 32)},
}
