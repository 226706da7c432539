"""Files of weights as PyTorch writes them, old and new, and files that nobody should write.

Run once with torch 2.15 and safetensors 0.8 from the repository's root:
    python encoders/src/test/oracle/weights_samples.py
Writes encoders/src/test/resources/dev/engram/encoders/checkpoint/weights/*, and expected.json with what PyTorch reads from the good ones.
"""

import argparse
import collections
import io
import json
import os
import pickle
import pickletools
import struct
import sys
import types
import warnings
import zipfile

import torch
from safetensors.torch import save_file

OUT = "encoders/src/test/resources/dev/engram/encoders/checkpoint/weights"
expected = {}


def tensors():
    torch.manual_seed(3)
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 8 - 1
    shared = torch.randn(12)
    return collections.OrderedDict(
        [
            ("conv.weight", torch.randn(2, 3, 3, 3)),
            ("conv.bias", torch.nn.Parameter(torch.randn(2))),
            ("bn.num_batches_tracked", torch.tensor(7)),
            ("transposed", base.t()),
            ("strided", base[1:, ::2]),
            ("channels_last", torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last)),
            ("shared.a", shared[:6].reshape(2, 3)),
            ("shared.b", shared[4:10]),
            ("expanded", torch.tensor([2.5]).expand(3, 2)),
            ("empty", torch.zeros(0, 3)),
            ("half", torch.tensor([1.5, -65504.0, 6e-8]).half()),
            ("bfloat", torch.tensor([1.5, -3e38, 1e-40]).bfloat16()),
            ("double", torch.tensor([1e-300, 2.0], dtype=torch.float64)),
            ("long", torch.tensor([-(2**62), 5])),
            ("int", torch.tensor([-5, 2**31 - 1], dtype=torch.int32)),
            ("short", torch.tensor([-5, 32767], dtype=torch.int16)),
            ("char", torch.tensor([-128, 127], dtype=torch.int8)),
            ("byte", torch.tensor([0, 255], dtype=torch.uint8)),
            ("bool", torch.tensor([True, False])),
        ]
    )


def values(tensor):
    flat = tensor.detach().reshape(-1)
    return [str(v) for v in flat.tolist()] if not flat.dtype.is_floating_point else [repr(v) for v in flat.double().tolist()]


def record(name, states, foreign=()):
    expected[name] = {
        "states": {
            container: {
                key: {"type": str(t.dtype).removeprefix("torch."), "shape": list(t.shape), "values": values(t)}
                for key, t in state.items()
            }
            for container, state in states.items()
        },
        "foreign": list(foreign),
    }


def path(name):
    return os.path.join(OUT, name)


def write(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def rezip(source, name, **options):
    """The same entries, packed otherwise."""
    with zipfile.ZipFile(path(source)) as old, zipfile.ZipFile(path(name), "w") as new:
        for info in old.infolist():
            with new.open(zipfile.ZipInfo(info.filename), "w", **options) as out:
                out.write(old.read(info))


# ---- good files

state = tensors()
plain = collections.OrderedDict((k, v.detach().clone().contiguous()) for k, v in state.items())
save_file(plain, path("plain.safetensors"), metadata={"format": "pt"})
record("plain.safetensors", {"": plain})

torch.save(state, path("zip.pt"))
record("zip.pt", {"": state})
# The files below hold the same tensors; the tests compare them with zip.pt.
for protocol in (3, 4, 5):
    torch.save(state, path(f"protocol{protocol}.pt"), pickle_protocol=protocol)

with zipfile.ZipFile(path("zip.pt")) as old, zipfile.ZipFile(path("deflated.pt"), "w", zipfile.ZIP_DEFLATED) as new:
    for info in old.infolist():
        new.writestr(info.filename, old.read(info))
rezip("zip.pt", "zip64.pt", force_zip64=True)

torch.save(state, path("legacy.pth"), _use_new_zipfile_serialization=False)
newer = collections.OrderedDict([("u16", torch.tensor([0, 65535], dtype=torch.uint16)), ("u32", torch.tensor([0, 2**32 - 1], dtype=torch.uint32))])
torch.save(newer, path("rebuild-v3.pt"))
record("rebuild-v3.pt", {"": newer})

small = collections.OrderedDict([("weight", torch.randn(2, 2)), ("bias", torch.randn(2))])
other = collections.OrderedDict([("weight", torch.randn(2, 2)), ("bias", torch.randn(2))])
parameter = torch.nn.Parameter(small["weight"].clone())
optimizer = torch.optim.Adam([parameter])
parameter.grad = torch.ones(2, 2)
optimizer.step()
nested = {"epoch": 3, "student": {"module": small}, "teacher": other, "optimizer": optimizer.state_dict(), "history": [other, 1.5, None]}
torch.save(nested, path("nested.pth"))
record("nested.pth", {"student.module": small, "teacher": other})

lightning = types.ModuleType("pytorch_lightning.callbacks")


class ModelCheckpoint:
    def __init__(self):
        self.best = torch.tensor([0.5])


ModelCheckpoint.__module__ = "pytorch_lightning.callbacks"
ModelCheckpoint.__qualname__ = "ModelCheckpoint"
lightning.ModelCheckpoint = ModelCheckpoint
sys.modules["pytorch_lightning"] = types.ModuleType("pytorch_lightning")
sys.modules["pytorch_lightning.callbacks"] = lightning
torch.save(
    {
        "state_dict": small,
        "callbacks": {ModelCheckpoint: {"best": 0.5}, "object": ModelCheckpoint()},
        "hyper_parameters": argparse.Namespace(lr=0.1, layers=[1, 2]),
    },
    path("lightning.ckpt"),
)
record(
    "lightning.ckpt",
    {"state_dict": small, "callbacks.object": {"best": torch.tensor([0.5])}},
    ["pytorch_lightning.callbacks.ModelCheckpoint", "argparse.Namespace"],
)

module = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Sequential(torch.nn.BatchNorm2d(2)))
torch.save(module, path("module.pt"))
record(
    "module.pt",
    {"": module.state_dict()},
    [
        "torch.nn.modules.container.Sequential",
        "torch.nn.modules.conv.Conv2d",
        "torch.nn.modules.batchnorm.BatchNorm2d",
    ],
)
warnings.simplefilter("ignore")
scripted = torch.jit.script(module.eval())
torch.jit.save(scripted, path("torchscript.pt"))


# ---- before 0.4: _rebuild_tensor, views of storages, dictionaries by reduction of pairs


class Raw:
    """Pickle opcodes by hand."""

    def __init__(self, protocol=2):
        self.out = io.BytesIO()
        self.out.write(b"\x80" + bytes([protocol]))

    def op(self, data):
        self.out.write(data)
        return self

    def name(self, module, name):
        return self.op(b"c" + module.encode() + b"\n" + name.encode() + b"\n")

    def text(self, text):
        return self.op(b"X" + struct.pack("<I", len(text)) + text.encode())

    def int(self, value):
        return self.op(b"J" + struct.pack("<i", value)) if -(2**31) <= value < 2**31 else self.op(b"\x8a\x08" + struct.pack("<q", value))

    def ints(self, values):
        self.op(b"(")
        for value in values:
            self.int(value)
        return self.op(b"t")

    def storage(self, key, elements, kind="FloatStorage", view=None, legacy=False):
        self.op(b"(").text("storage").name("torch", kind).text(key).text("cpu").int(elements)
        if legacy:
            if view is None:
                self.op(b"N")
            else:
                self.op(b"(").text(view[0]).int(view[1]).int(view[2]).op(b"t")
        return self.op(b"tQ")

    def tensor(self, key, elements, offset, shape, strides, **options):
        self.name("torch._utils", "_rebuild_tensor_v2").op(b"(").storage(key, elements, **options).int(offset)
        return self.ints(shape).ints(strides).op(b"\x89").name("collections", "OrderedDict").op(b")RtR")

    def bytes(self):
        return self.out.getvalue() + b"."


def header():
    return (
        pickle.dumps(0x1950A86A20F9469CFC6C, 2)
        + pickle.dumps(1001, 2)
        + pickle.dumps({"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, 2)
    )


raw = Raw().name("collections", "OrderedDict").op(b"(").op(b"](").op(b"](").text("a")
raw.name("torch._utils", "_rebuild_tensor").op(b"(").storage("94", 6, legacy=True).int(0).ints([2, 3]).ints([3, 1]).op(b"tR")
raw.op(b"e").op(b"](").text("b")
raw.name("torch._utils", "_rebuild_tensor").op(b"(").storage("94", 6, view=("95", 2, 3), legacy=True).int(1).ints([2]).ints([1]).op(b"tR")
raw.op(b"e").op(b"e").op(b"tR")
numbers = torch.arange(6, dtype=torch.float32) * 0.5
oldest = header() + raw.bytes() + pickle.dumps(["94"], 2) + struct.pack("<q", 6) + numbers.numpy().tobytes()
write("legacy-v1.pth", oldest)
record("legacy-v1.pth", {"": {"a": numbers.reshape(2, 3), "b": numbers[3:5]}})


# ---- files nobody should write


def archive(name, pickled, storages=None, entries=(), names="archive/", compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path(name), "w", compression) as out:
        out.writestr(names + "data.pkl", pickled)
        out.writestr(names + "version", "3\n")
        for key, data in (storages or {"0": bytes(16)}).items():
            out.writestr(names + "data/" + key, data)
        for entry, data in entries:
            out.writestr(entry, data)


def tensor_file(name, elements, offset, shape, strides, **options):
    archive(name, Raw().op(b"}").text("w").tensor("0", elements, offset, shape, strides).op(b"s").bytes(), **options)


tensor_file("hostile-negative-stride.pt", 4, 3, [4], [-1])
tensor_file("hostile-negative-size.pt", 4, 0, [-4], [1])
tensor_file("hostile-offset.pt", 4, 4, [1], [1])
tensor_file("hostile-beyond.pt", 4, 1, [2, 2], [2, 1])
tensor_file("hostile-overflow.pt", 4, 0, [2**62, 2**62], [0, 0])
tensor_file("hostile-huge-view.pt", 4, 0, [2**40], [0])
tensor_file("hostile-claimed-storage.pt", 2**40, 0, [2**40], [1])
tensor_file("hostile-short-storage.pt", 5, 0, [5], [1])
tensor_file("hostile-missing-storage.pt", 4, 0, [4], [1], storages={"1": bytes(16)})
tensor_file("hostile-bomb.pt", 2**24, 0, [2**24], [1], storages={"0": bytes(2**26)}, compression=zipfile.ZIP_DEFLATED)
tensor_file("hostile-path.pt", 4, 0, [4], [1], names="../../../etc/", entries=[("/etc/passwd", "x"), ("C:\\x", "x")])
record("hostile-path.pt", {"": {"w": torch.zeros(4)}})
warnings.simplefilter("ignore")
tensor_file("hostile-twice.pt", 4, 0, [4], [1], entries=[("archive/data/0", bytes(range(16)))])
archive("hostile-two-pickles.pt", Raw().op(b"}").bytes(), entries=[("other/data.pkl", Raw().op(b"}").bytes())])

laughs = Raw().op(b"](").text("lol").op(b"eq\x00")
for level in range(1, 200):
    laughs.op(b"](" + b"h" + bytes([level - 1]) + (b"h" + bytes([level - 1])) * 9 + b"eq" + bytes([level]))
archive("hostile-laughs.pt", laughs.bytes())
record("hostile-laughs.pt", {})
deep = Raw().op(b"]" * 9000 + b"a" * 8999)
archive("hostile-deep.pt", deep.bytes())
record("hostile-deep.pt", {})
deep_tuples = Raw().op(b")" + b"\x85" * 9000)
archive("hostile-deep-tuples.pt", deep_tuples.bytes())
record("hostile-deep-tuples.pt", {})
archive("hostile-self.pt", Raw().op(b"}q\x00").text("me").op(b"h\x00s").bytes())
record("hostile-self.pt", {})
archive("hostile-many.pt", Raw().op(b"](" + b"]" * 2_000_000 + b"e").bytes(), compression=zipfile.ZIP_DEFLATED)
archive("hostile-long-text.pt", Raw().op(b"X" + struct.pack("<I", 2**32 - 1) + b"abc").bytes())
archive("hostile-longer-text.pt", Raw(4).op(b"\x8d" + struct.pack("<Q", 2**62) + b"abc").bytes())
archive("hostile-negative-text.pt", Raw(4).op(b"\x8d" + struct.pack("<Q", 2**64 - 1) + b"abc").bytes())
archive("hostile-long-number.pt", Raw().op(b"\x8b" + struct.pack("<i", -5) + b"abc").bytes())
archive("hostile-no-mark.pt", Raw().op(b")))t").bytes())
archive("hostile-no-memo.pt", Raw().op(b"h\x07").bytes())
archive("hostile-stack.pt", Raw().op(b"0").bytes())
archive("hostile-opcode.pt", Raw().op(b"\xff").bytes())
archive("hostile-ext.pt", Raw().op(b"\x82\x01").bytes())
archive("hostile-endless.pt", Raw().op(b"]").out.getvalue())
archive("hostile-execute.pt", Raw().name("os", "system").op(b"(").text("touch /tmp/engram-was-here").op(b"tR").bytes())
record("hostile-execute.pt", {}, ["os.system"])
archive("hostile-getattr.pt", Raw().name("builtins", "getattr").op(b"(").name("torch", "serialization").text("os").op(b"tR").bytes())
record("hostile-getattr.pt", {}, ["builtins.getattr", "torch.serialization"])
archive("hostile-call-number.pt", Raw().int(5).op(b")R").bytes())
archive("hostile-big-endian.pt", Raw().op(b"}").bytes(), entries=[("archive/byteorder", "big")])
write("hostile-cut.pt", open(path("zip.pt"), "rb").read()[:-100])
write("hostile-cut.pth", open(path("legacy.pth"), "rb").read()[:-4])
write("hostile-pickle.pkl", pickle.dumps({"a": 1}))
write("hostile-picture.png", b"\x89PNG\r\n\x1a\n" + bytes(32))
write("hostile-empty.pt", b"")
twice = header() + Raw().op(b"}").text("w").tensor("0", 2, 0, [2], [1], legacy=True).op(b"s").bytes()
write("hostile-key-twice.pth", twice + pickle.dumps(["0", "0"], 2) + (struct.pack("<q", 2) + bytes(8)) * 2)
write("hostile-count.pth", twice + pickle.dumps(["0"], 2) + struct.pack("<q", 2**60) + bytes(8))

with open(path("expected.json"), "w") as file:
    json.dump(expected, file, indent=None, sort_keys=False)
    file.write("\n")
total = sum(os.path.getsize(path(f)) for f in os.listdir(OUT))
print(len(os.listdir(OUT)), "files", total, "bytes", "torch", torch.__version__)
