"""The peers of dev.engram.encoders.network: modules of torchvision and timm, and plain PyTorch for what those do not have."""

import collections
import functools

import timm
import torch
import torchvision
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


def resnet(name, classes=0, stem="3x3", last_width=None, **options):
    def make():
        net = getattr(torchvision.models, name)(**options)
        if stem == "3x3":
            net.conv1, net.maxpool = nn.Conv2d(3, 64, 3, padding=1, bias=False), nn.Identity()
        if last_width:
            block = net.layer4[-1]
            last = "conv3" if hasattr(block, "conv3") else "conv2"
            old = getattr(block, last)
            setattr(block, last, nn.Conv2d(
                old.in_channels, last_width, old.kernel_size, padding=old.padding, bias=False))
            setattr(block, "bn" + last[-1], nn.BatchNorm2d(last_width))
            block.downsample = nn.Sequential(
                nn.Conv2d(old.out_channels, last_width, 1, bias=False), nn.BatchNorm2d(last_width))
        width = last_width or net.fc.in_features
        net.fc = nn.Linear(width, classes) if classes else nn.Identity()
        return net

    return make


class CifarBlock(nn.Module):
    def __init__(self, channels, units, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, units, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(units)
        self.conv2 = nn.Conv2d(units, units, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(units)
        self.stride, self.zeros = stride, (units - channels) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        if self.stride > 1:
            empty = torch.zeros(len(x), self.zeros, *y.shape[2:], dtype=x.dtype)
            x = torch.cat([empty, x[:, :, ::2, ::2], empty], dim=1)
        return (y + x).relu()


class CifarResNet(nn.Module):
    def __init__(self, blocks, classes):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        for i, (channels, units) in enumerate([(16, 16), (16, 32), (32, 64)]):
            first = CifarBlock(channels, units, 1 if i == 0 else 2)
            rest = [CifarBlock(units, units, 1) for _ in range(blocks - 1)]
            setattr(self, f"layer{i + 1}", nn.Sequential(first, *rest))
        self.linear = nn.Linear(64, classes) if classes else nn.Identity()

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.bn1(self.conv1(x)).relu())))
        return self.linear(x.mean(dim=(2, 3)))


def vgg(name, pool, classes=0):
    def make():
        with torch.device("meta"):
            net = getattr(torchvision.models, name)(num_classes=classes or 1)
        net.avgpool = nn.AdaptiveAvgPool2d(pool)
        if classes:
            net.classifier[0] = nn.Linear(512 * pool * pool, 4096)
        else:
            net.classifier = nn.Identity()
        return net.to_empty(device="cpu")

    return make


def mlp(inputs, width, depth, classes):
    layers = collections.OrderedDict(flat=nn.Flatten())
    for i in range(depth):
        layers[f"fc{i + 1}"] = nn.Linear(width if i else inputs, width)
        layers[f"relu{i + 1}"] = nn.ReLU()
    if classes:
        layers[f"fc{depth + 1}"] = nn.Linear(width, classes)
    return nn.Sequential(layers)


def convnet(crop, channels, classes):
    layers = collections.OrderedDict(crop=nn.ZeroPad2d(-crop))
    for i in (1, 2):
        layers.update({
            f"conv{i}": nn.Conv2d(200 if i == 2 else channels, 200, 5), f"bn{i}": nn.BatchNorm2d(200),
            f"relu{i}": nn.ReLU(), f"pool{i}": nn.MaxPool2d(3)})
    layers.update({
        "flat": nn.Flatten(), "fc1": nn.Linear(200, 384), "bn3": nn.BatchNorm1d(384), "relu3": nn.ReLU(),
        "fc2": nn.Linear(384, 192), "bn4": nn.BatchNorm1d(192), "relu4": nn.ReLU()})
    if classes:
        layers["fc3"] = nn.Linear(192, classes)
    return nn.Sequential(layers)


class ConvAutoencoder(nn.Module):
    def __init__(self, side, width, depth, code):
        super().__init__()
        self.encoder, self.decoder, self.depth, small = nn.Module(), nn.Module(), depth, side >> depth
        units = [3] + [width << i for i in range(depth)]
        for i in range(depth):
            self.encoder.add_module(f"conv{i + 1}", nn.Conv2d(units[i], units[i + 1], 3, 2, 1))
            self.encoder.add_module(f"bn{i + 1}", nn.BatchNorm2d(units[i + 1]))
        self.encoder.fc = nn.Linear(units[-1] * small * small, code)
        self.decoder.fc = nn.Linear(code, units[-1] * small * small)
        self.shape = (units[-1], small, small)
        for i in range(depth):
            self.decoder.add_module(f"deconv{i + 1}", nn.ConvTranspose2d(units[depth - i], units[depth - i - 1], 4, 2, 1))
            if i < depth - 1:
                self.decoder.add_module(f"bn{i + 1}", nn.BatchNorm2d(units[depth - i - 1]))

    def forward(self, x):
        e, d = self.encoder, self.decoder
        for i in range(1, self.depth + 1):
            x = getattr(e, f"bn{i}")(getattr(e, f"conv{i}")(x)).relu()
        x = d.fc(e.fc(x.flatten(1))).relu().unflatten(1, self.shape)
        for i in range(1, self.depth):
            x = getattr(d, f"bn{i}")(getattr(d, f"deconv{i}")(x)).relu()
        return getattr(d, f"deconv{self.depth}")(x)


CASES = {
    "resnet18": {"module": resnet("resnet18", classes=10, stem="7x7"), "input": (3, 3, 64, 64), "trained": True, "nodes": True},
    "resnet18 wide": {"module": resnet("resnet18", last_width=96), "input": SMALL},
    "resnet18 group": {
        "module": resnet("resnet18", norm_layer=lambda units: nn.GroupNorm(32, units)), "input": (2, 3, 16, 16),
        "trained": True},
    "resnet34": {"module": resnet("resnet34"), "input": SMALL},
    "resnet50": {"module": resnet("resnet50", last_width=64), "input": (4, 3, 16, 16), "trained": True, "nodes": True},
    "resnet50 classifier": {"module": resnet("resnet50", classes=10, stem="7x7"), "input": (1, 3, 64, 64)},
    "resnet101": {"module": resnet("resnet101", stem="7x7"), "input": (1, 3, 64, 64)},
    "resnet20": {"module": lambda: CifarResNet(3, 10), "input": (4, 3, 16, 16), "trained": True},
    "resnet32": {"module": lambda: CifarResNet(5, 0), "input": SMALL},
    "resnet44": {"module": lambda: CifarResNet(7, 0), "input": SMALL},
    "resnet56": {"module": lambda: CifarResNet(9, 10), "input": SMALL},
    "vgg11_bn": {"module": vgg("vgg11_bn", 1), "input": (4, 3, 32, 32), "trained": True},
    "vgg11_bn classifier": {"module": vgg("vgg11_bn", 1, 10), "input": (1, 3, 32, 32), "nodes": True},
    "vgg16_bn": {"module": vgg("vgg16_bn", 7), "input": (1, 3, 64, 64)},
    "mlp": {"module": lambda: mlp(784, 4096, 2, 10), "input": (1, 1, 28, 28)},
    "mlp small": {"module": lambda: mlp(192, 16, 3, 5), "input": (4, 3, 8, 8), "trained": True},
    "convnet": {"module": lambda: convnet(2, 3, 10), "input": (4, 3, 32, 32), "trained": True},
    "convnet of gray images": {"module": lambda: convnet(0, 1, 0), "input": (2, 1, 28, 28)},
    "conv_autoencoder": {"module": lambda: ConvAutoencoder(16, 4, 2, 6), "input": (4, 3, 16, 16), "trained": True},
    "vit_tiny": {"module": vit("vit_tiny", 32, 4), "input": SMALL},
    "vit_tiny classifier": {
        "module": vit("vit_tiny", 24, 8, num_classes=10, depth=2), "input": (2, 3, 24, 24), "trained": True, "nodes": True},
    "vit_tiny avg": {
        "module": vit("vit_tiny", 32, 8, depth=2, global_pool="avg"), "input": SMALL, "nodes": True},
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
    "projector supcon": {"module": lambda: perceptron([6, 9, 7], norm=False, last_bias=True), "input": (5, 6)},
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
