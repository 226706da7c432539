"""Checkpoints of torchvision and timm as people have them, small, with what the models answer.

Run once with torch 2.15, torchvision 0.29 and timm 1.0.31 from the repository's root:
    python encoders/src/test/oracle/import_samples.py
Writes encoders/src/test/resources/dev/engram/encoders/importing/*.

The tensors of the ResNet-18 are views with small strides of short vectors, which torch.save keeps as such: 45 MB of weights in a file of
150 KB, and none of them contiguous. The model is given exactly these values.
"""

import collections
import json
import os

import timm
import torch
import torchvision

OUT = "encoders/src/test/resources/dev/engram/encoders/importing"
os.makedirs(OUT, exist_ok=True)
answers = {}


def images(count, side):
    """x[n, c, i, j] = sin(n + 2 c + 0.3 i + 0.7 j) in float32."""
    n, c, i, j = torch.meshgrid(*(torch.arange(k, dtype=torch.float64) for k in (count, 3, side, side)), indexing="ij")
    return torch.sin(n + 2 * c + 0.3 * i + 0.7 * j).float()


def record(name, model, side, half=False):
    with torch.no_grad():
        answers[name] = {"side": side, "parameters": sum(p.numel() for p in model.parameters()), "output": model.eval()(images(2, side)).flatten().tolist()[:: 1 if model.num_features < 100 else 16]}


def resnet18():
    model = torchvision.models.resnet18()
    model.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False)
    model.maxpool = torch.nn.Identity()
    model.num_features = 512
    return model


def views(model):
    state = collections.OrderedDict()
    torch.manual_seed(0)
    for name, tensor in model.state_dict().items():
        strides = [5, 3, 2, 1][-tensor.dim() :] if tensor.dim() else []
        length = 1 + sum((n - 1) * s for n, s in zip(tensor.shape, strides))
        if name.endswith("num_batches_tracked"):
            state[name] = torch.tensor(100)
            continue
        if tensor.dim() > 1:
            base = torch.randn(length) * (2 / tensor[0].numel()) ** 0.5
        elif name.endswith(("running_var", "weight")):
            base = torch.rand(length) * 0.5 + 0.75
        else:
            base = torch.randn(length) * 0.1
        state[name] = base.as_strided(tensor.shape, strides)
    return state


model = resnet18()
state = views(model)
model.load_state_dict(state)
# A MoCo-like file of a model trained by DistributedDataParallel, with a classifier and a second network.
wrapped = collections.OrderedDict(("module.encoder_q." + k, v) for k, v in state.items())
wrapped.update(("module.encoder_k." + k, v) for k, v in list(state.items())[:6])
wrapped["module.queue"] = torch.zeros(4, 2)
torch.save({"epoch": 200, "arch": "resnet18", "state_dict": wrapped}, f"{OUT}/moco-resnet18.pth.tar")
model.fc = torch.nn.Identity()
record("moco-resnet18.pth.tar", model, 32)

torch.manual_seed(1)
vit = timm.create_model("vit_tiny_patch16_224", img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=3, num_classes=10)
torch.nn.init.normal_(vit.pos_embed)
torch.nn.init.normal_(vit.cls_token)
torch.save(vit.state_dict(), f"{OUT}/vit-timm.pth")
torch.save(collections.OrderedDict((k, v.half()) for k, v in vit.state_dict().items()), f"{OUT}/vit-half.pth", _use_new_zipfile_serialization=False)
vit.reset_classifier(0)
record("vit-timm.pth", vit, 32)
head = torch.nn.Sequential(torch.nn.Linear(24, 16), torch.nn.BatchNorm1d(16), torch.nn.ReLU(), torch.nn.Linear(16, 8, bias=False)).eval()
head[1].running_mean.normal_()
both = {"student": {"backbone._orig_mod." + k: v for k, v in vit.state_dict().items()} | {"projector.layers." + k: v for k, v in head.state_dict().items()}}
torch.save(both, f"{OUT}/vit-with-projector.pth")
with torch.no_grad():
    answers["vit-with-projector.pth"] = {"side": 32, "output": head(vit(images(2, 32))).flatten().tolist()}
model = vit.half().float()
record("vit-half.pth", model, 32)

with open(f"{OUT}/answers.json", "w") as file:
    json.dump(answers, file)
    file.write("\n")
print({f: os.path.getsize(f"{OUT}/{f}") for f in os.listdir(OUT)})
