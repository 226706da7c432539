"""Writes ../resources/oracle/methods.json: four steps of every method in plain PyTorch, in double, on six small images."""

import functools
import json
import pathlib

import timm
import torch
from torch import nn
from torch.nn import functional as F

from networks import key, noise, value
from peer_modules import DinoHead, Prototypes, msn_head, perceptron, shuffle

torch.set_default_dtype(torch.float64)
N = 6
LABELS = torch.tensor([0, 1, 2, 0, 1, 2])
RATES = [0.01, 0.02, 0.01, 0.005]
MOMENTA = [0.9, 0.8, 0.95, 0.99]
TEMPERATURES = [0.04, 0.05, 0.06, 0.07]


class GivenDrop(nn.Module):
    """timm's DropPath with numbers that are given instead of drawn: a branch stays where its number is below 1 - drop_prob."""

    def __init__(self, drop_prob, column, chances):
        super().__init__()
        self.stays, self.column, self.chances = 1 - drop_prob, column, chances

    def forward(self, x):
        kept = torch.tensor([float(row[self.column] < self.stays) for row in self.chances[len(x)]])
        return x * kept[:, None, None] / self.stays


def chances(rows, count):
    return [[(11 * i + 5 * j + 3) % 16 / 16 for j in range(count)] for i in range(rows)]


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.bn = nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)

    def forward(self, x):
        return self.bn(self.conv(x)).relu().mean(dim=(2, 3))


def transformer():
    return timm.models.vision_transformer.VisionTransformer(
        img_size=16, patch_size=4, embed_dim=16, depth=2, num_heads=2, num_classes=0)


def dropping():
    """A student of three blocks that drops half of the paths of the last one; views of one size are told by their number."""
    net = timm.models.vision_transformer.VisionTransformer(
        img_size=16, patch_size=4, embed_dim=16, depth=3, num_heads=2, num_classes=0, drop_path_rate=0.5, dynamic_img_size=True)
    drawn = {rows: chances(rows, 6) for rows in (2 * N, 3 * N)}
    for i, block in enumerate(net.blocks):
        for j, name in enumerate(("drop_path1", "drop_path2")):
            rate = getattr(getattr(block, name), "drop_prob", 0.0)
            setattr(block, name, GivenDrop(rate, 2 * i + j, drawn))
    return net


def whole():
    return timm.models.vision_transformer.VisionTransformer(
        img_size=16, patch_size=4, embed_dim=16, depth=3, num_heads=2, num_classes=0, dynamic_img_size=True)


def decoder():
    d = nn.Module()
    d.mask_token = nn.Parameter(torch.zeros(1, 1, 12))
    d.register_buffer("decoder_pos_embed", torch.zeros(1, 17, 12))
    d.decoder_embed = nn.Linear(16, 12)
    d.decoder_blocks = nn.ModuleList(timm.models.vision_transformer.Block(
        12, 2, qkv_bias=True, norm_layer=functools.partial(nn.LayerNorm, eps=1e-6)) for _ in range(1))
    d.decoder_norm, d.decoder_pred = nn.LayerNorm(12, eps=1e-6), nn.Linear(12, 48)
    return d


class Model(nn.Module):
    def __init__(self, encoder, projector=None, **heads):
        super().__init__()
        self.encoder = encoder
        self.projector = nn.Identity() if projector is None else projector
        self.heads = nn.ModuleDict(heads)

    def embed(self, x):
        return self.projector(self.encoder(x))


def initial(name, tensor):
    if name.endswith("weight_g"):
        return torch.tensor((1 + 0.25 * noise(key(name), tensor.numel())).astype("float32")).reshape(tensor.shape).double()
    if "." not in name:
        return torch.tensor((0.1 * noise(key(name), tensor.numel())).astype("float32")).reshape(tensor.shape).double()
    return value(name, tuple(tensor.shape), torch.float64)


def fill(model):
    model.double().load_state_dict(
        {n: initial(n.removeprefix("encoder."), t) for n, t in model.state_dict().items()}, strict=True)
    return model.train()


def views(step, group, count, side):
    values = noise(key(f"views {step} {group}"), count * N * 3 * side * side)
    return torch.tensor(values).reshape(count * N, 3, side, side)


def tokens(e, images, kept=None):
    """Encoded tokens of the patches that are kept, by image."""
    grid = e.pos_embed[:, 1:]
    x = e.patch_embed.proj(images).flatten(2).transpose(1, 2)
    if x.shape[1] != 16:
        side = int(x.shape[1] ** 0.5)
        grid = grid.reshape(1, 4, 4, -1).permute(0, 3, 1, 2)
        grid = F.interpolate(grid, size=(side, side), mode="bicubic").permute(0, 2, 3, 1).flatten(1, 2)
    x = x + grid
    if kept is not None:
        x = torch.stack([row[index] for row, index in zip(x, kept)])
    x = torch.cat([(e.cls_token + e.pos_embed[:, :1]).expand(len(x), -1, -1), x], dim=1)
    return e.norm(e.blocks(x))


def vicreg(model, teacher, step):
    a, b = (model.embed(view) for view in views(step, 0, 2, 8).chunk(2))
    loss = 25 * F.mse_loss(a, b)
    for z in (a, b):
        c = torch.cov(z.T)
        loss = loss + 12.5 * F.relu(1 - (z.var(0) + 1e-4).sqrt()).mean() + (c - c.diag().diag()).pow(2).sum() / z.shape[1]
    return loss


def barlow_twins(model, teacher, step):
    a, b = (model.embed(view) for view in views(step, 0, 2, 8).chunk(2))
    norm = nn.BatchNorm1d(a.shape[1], affine=False)
    c = norm(a).T @ norm(b) / N
    off = c.flatten()[:-1].view(len(c) - 1, len(c) + 1)[:, 1:]
    return (c.diag() - 1).pow(2).sum() + 0.0051 * off.pow(2).sum()


def byol(model, teacher, step):
    a, b = views(step, 0, 2, 8).chunk(2)
    pa = F.normalize(model.heads["predictor"](model.embed(a)))
    pb = F.normalize(model.heads["predictor"](model.embed(b)))
    with torch.no_grad():
        ta, tb = F.normalize(teacher.embed(a)), F.normalize(teacher.embed(b))
    return ((pa - tb) ** 2).sum(1).mean() + ((pb - ta) ** 2).sum(1).mean()


def simsiam(model, teacher, step):
    za, zb = (model.embed(view) for view in views(step, 0, 2, 8).chunk(2))
    pa, pb = model.heads["predictor"](za), model.heads["predictor"](zb)
    return -0.5 * (F.cosine_similarity(pa, zb.detach()).mean() + F.cosine_similarity(pb, za.detach()).mean())


def supervised(model, teacher, step):
    logits = model.heads["classifier"](model.embed(views(step, 0, 1, 8)))
    return F.cross_entropy(logits, LABELS, label_smoothing=0.1)


def supcon(model, teacher, step):
    z = F.normalize(model.embed(views(step, 0, 2, 8)))
    logits = (z @ z.T / 0.1).fill_diagonal_(-float("inf"))
    labels = LABELS.repeat(2)
    same = (labels[:, None] == labels[None, :]).fill_diagonal_(False)
    logs = torch.log_softmax(logits, 1)
    return -torch.stack([logs[i][same[i]].mean() for i in range(2 * N)]).mean()


def dino(model, teacher, step, side=8, encode=lambda encoder, images: encoder(images)):
    both, local = views(step, 0, 2, side), views(step, 1, 3, side // 2)
    student = model.projector(torch.cat([encode(model.encoder, both), encode(model.encoder, local)])).chunk(5)
    with torch.no_grad():
        logits = teacher.projector(encode(teacher.encoder, both))
        targets = ((logits - model.center) / TEMPERATURES[step]).softmax(-1).chunk(2)
        model.center.mul_(0.9).add_(logits.mean(0) * 0.1)
    total, terms = 0, 0
    for i, q in enumerate(targets):
        for j, s in enumerate(student):
            if j != i:
                total, terms = total - (q * (s / 0.1).log_softmax(-1)).sum(-1).mean(), terms + 1
    return total / terms


def dino_dropping(model, teacher, step):
    return dino(model, teacher, step, 16, lambda encoder, images: tokens(encoder, images)[:, 0])


def mae(model, teacher, step):
    images, order, d = views(step, 0, 1, 16), shuffle(N, 16), model.heads["decoder"]
    seen = d.decoder_embed(tokens(model.encoder, images, order[:, :4]))
    x = d.mask_token.repeat(N, 16, 1)
    for i in range(N):
        x[i, order[i, :4]] = seen[i, 1:]
    x = torch.cat([seen[:, :1], x], dim=1) + d.decoder_pos_embed
    for block in d.decoder_blocks:
        x = block(x)
    predicted = d.decoder_pred(d.decoder_norm(x))[:, 1:]
    losses = []
    for i in range(N):
        for t in order[i, 4:].tolist():
            row, column = divmod(t, 4)
            patch = images[i, :, 4 * row:4 * row + 4, 4 * column:4 * column + 4].permute(1, 2, 0).flatten()
            patch = (patch - patch.mean()) / (patch.var() + 1e-6).sqrt()
            losses.append(((predicted[i, t] - patch) ** 2).mean())
    return torch.stack(losses).mean()


def masked_siamese(sinkhorn, exponent):
    def loss(model, teacher, step):
        large, focal = views(step, 0, 3, 16), views(step, 1, 2, 8)
        order = shuffle(3 * N, 16)
        anchors = model.projector(tokens(model.encoder, large[N:], order[N:, :9])[:, 0])
        small = model.projector(tokens(model.encoder, focal)[:, 0])
        prototypes = model.heads["prototypes"]
        p = (torch.cat([prototypes(anchors), prototypes(small)]) / 0.1).softmax(1)
        with torch.no_grad():
            q = (prototypes(teacher.projector(tokens(teacher.encoder, large[:N])[:, 0])) / 0.1).softmax(1) ** 4
            q = q / q.sum(1, keepdim=True)
            if sinkhorn:
                q = q / q.sum()
                for _ in range(3):
                    q = q / q.sum(0, keepdim=True) / q.shape[1]
                    q = q / q.sum(1, keepdim=True) / N
                q = q * N
        mean = p.mean(0)
        prior = torch.arange(1, len(mean) + 1).double() ** -exponent
        prior = prior / prior.sum()
        return -(q.repeat(4, 1) * p.log()).sum(1).mean() + (mean * (mean / prior).log()).sum()
    return loss


def summary(name, tensor):
    flat = tensor.detach().flatten()
    probe = torch.tensor(noise(key("probe " + name), len(flat)))
    return {"norm": flat.norm().item(), "probe": (flat @ probe).item()}


def trained(make, loss, follows=False, frozen=(), make_teacher=None):
    model = fill(make())
    if loss in (dino, dino_dropping):
        model.center = value("heads.center", (7,), torch.float64)
    teacher = fill((make_teacher or make)()) if follows else None
    decayed = [p for p in model.parameters() if p.requires_grad and p.ndim != 1]
    plain = [p for p in model.parameters() if p.requires_grad and p.ndim == 1]
    optimizer = torch.optim.SGD(
        [{"params": decayed, "weight_decay": 1e-3}, {"params": plain, "weight_decay": 0}], lr=1.0, momentum=0.9)
    losses = []
    for step, rate in enumerate(RATES):
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        found = loss(model, teacher, step)
        found.backward()
        if step == 0:
            for n, p in model.named_parameters():
                if n in frozen:
                    p.grad = None
        optimizer.step()
        if teacher:
            with torch.no_grad():
                for part in ("encoder", "projector"):
                    for t, s in zip(getattr(teacher, part).parameters(), getattr(model, part).parameters()):
                        t.mul_(MOMENTA[step]).add_(s * (1 - MOMENTA[step]))
        losses.append(found.item())

    def summaries(net):
        named = {n.removeprefix("encoder."): t for n, t in net.state_dict().items() if t.dtype == torch.float64}
        return {n: summary(n, t) for n, t in named.items()}

    result = {"losses": losses, "state": summaries(model)}
    if loss in (dino, dino_dropping):
        result["state"]["heads.center"] = summary("heads.center", model.center)
    if teacher:
        result["teacher"] = {n: s for n, s in summaries(teacher).items() if not n.startswith("heads.")}
    return result


def two(**projector):
    return lambda: Model(Tiny(), perceptron([4, 6, 5], **projector))


def siamese():
    return Model(transformer(), msn_head(16, 8, 6, True), prototypes=Prototypes(6, 7))


result = {
    "vicreg": trained(two(), vicreg),
    "barlow_twins": trained(two(hidden_bias=False), barlow_twins),
    "byol": trained(lambda: Model(Tiny(), perceptron([4, 6, 5], last_bias=True),
                                  predictor=perceptron([5, 6, 5], last_bias=True)), byol, True),
    "simsiam": trained(lambda: Model(Tiny(), perceptron([4, 6, 5], hidden_bias=False, last_norm=False),
                                     predictor=perceptron([5, 3, 5], hidden_bias=False, last_bias=True)), simsiam),
    "supervised": trained(lambda: Model(Tiny(), perceptron([4, 6, 5]), classifier=nn.Sequential(
        nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 3))), supervised),
    "supcon": trained(two(norm=False, last_bias=True), supcon),
    "dino": trained(lambda: Model(Tiny(), DinoHead(4, 7, 3, 6, 5, False, True)), dino, True,
                    ("projector.last_layer.weight_v",)),
    "dino_dropping": trained(lambda: Model(dropping(), DinoHead(16, 7, 3, 6, 5, False, True)), dino_dropping, True,
                             ("projector.last_layer.weight_v",),
                             lambda: Model(whole(), DinoHead(16, 7, 3, 6, 5, False, True))),
    "mae": trained(lambda: Model(transformer(), decoder=decoder()), mae),
    "msn": trained(siamese, masked_siamese(True, 0.0), True),
    "pmsn": trained(siamese, masked_siamese(False, 0.25), True),
}
target = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "methods.json"
target.write_text(json.dumps(result, indent=0) + "\n")
print(target.stat().st_size, {name: values["losses"] for name, values in result.items()})
