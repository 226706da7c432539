"""The work of `./engram bench NAME` done with PyTorch: peers.py NAME; one line of JSON for each result.

simclr-step, train-epoch, augment, forward, unitmem, layermem, worker-start. --as says how PyTorch is used where it matters: eager (as it comes:
contiguous memory, stock Adam), tuned (channels-last memory for convolutional networks, fused Adam), compiled (tuned, and torch.compile,
which needs a C++ compiler). The kNN peers are in knn_peers.py. Needs torch, torchvision and timm.
"""

import argparse
import gzip
import json
import pathlib
import statistics
import subprocess
import sys
import time

import timm
import torch
import torchvision
from torchvision.transforms import v2

root = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(root / "encoders" / "src" / "test" / "oracle"))
from networks import Projected, ResNet9, nt_xent, projector, resnet18  # noqa: E402

BATCH = 128


def build(name, side):
    """The encoder without classifier, and the width of its representation."""
    if name == "resnet9":
        return ResNet9(0), 256
    if name.startswith("vit"):
        patch = 16 if side >= 224 else 4
        net = timm.create_model(name + "_patch16_224", img_size=side, patch_size=patch, num_classes=0)
        return net, net.num_features
    if side < 224 and name == "resnet18":
        return resnet18(0), 512
    net = getattr(torchvision.models, name)()
    width = net.fc.in_features
    net.fc = torch.nn.Identity()
    return net, width


def layout(name):
    return torch.contiguous_format if name.startswith("vit") or options.use == "eager" else torch.channels_last


def compiled(net):
    return torch.compile(net) if options.use == "compiled" else net


def timed(work, warmup, times):
    times = options.times or times
    for _ in range(warmup):
        work()
    seconds, cpu = [], time.process_time()
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), (time.process_time() - cpu) / times


def tell(**result):
    print(json.dumps({"peer": f"torch {torch.__version__} {options.use}", "threads": torch.get_num_threads()} | result), flush=True)


class Step:
    def __init__(self, name, side):
        encoder, width = build(name, side)
        net = Projected(encoder, projector(width, 512, 128)).to(memory_format=layout(name)).train()
        self.optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, fused=options.use != "eager")
        self.net = compiled(net)

    def __call__(self, views, precision=torch.float32):
        self.optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == torch.bfloat16):
            embeddings = self.net(views)
        loss = nt_xent(*embeddings.float().chunk(2), 0.5)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def networks(*names):
    """Those of the names that are asked for."""
    return [name for name in names if name in (options.networks or names)]


def simclr_step():
    for name in networks("resnet9", "resnet18", "vit_tiny"):
        views = (torch.rand(2 * BATCH, 3, 32, 32) * 2 - 1).to(memory_format=layout(name))
        for precision in (torch.float32, torch.bfloat16):
            if options.precisions and str(precision)[6:] not in options.precisions:
                continue
            step = Step(name, 32)
            seconds, cpu = timed(lambda: step(views, precision), 2, 10)
            tell(network=name, precision=str(precision)[6:], secondsPerStep=seconds, imagesPerSecond=BATCH / seconds,
                 cpuSecondsPerStep=cpu)


def simclr_normal(side):
    """The recipe simclr-normal; see dev.engram.encoders.augment."""
    return v2.Compose([
        v2.ToDtype(torch.float32, scale=True),
        v2.RandomResizedCrop(side, scale=(0.08, 1.0), antialias=True),
        v2.RandomHorizontalFlip(),
        v2.RandomApply([v2.ColorJitter(0.8, 0.8, 0.8, 0.2)], p=0.8),
        v2.RandomGrayscale(0.2),
        v2.Normalize([0.5] * 3, [0.5] * 3),
    ])


def fashion(count):
    raw = gzip.decompress(next(root.glob("encoders/src/main/resources/**/t10k-images-idx3-ubyte.gz")).read_bytes())
    gray = torch.frombuffer(bytearray(raw[16:]), dtype=torch.uint8).view(-1, 1, 28, 28)[:count]
    return torch.nn.functional.pad(gray, (2, 2, 2, 2)).expand(-1, 3, -1, -1).contiguous()


def train_epoch():
    images, augment, step = fashion(2048), simclr_normal(32), Step("resnet9", 32)
    start = cpu = waited = None
    for i, ids in enumerate(torch.randperm(len(images)).split(BATCH)):
        begun = time.perf_counter()
        views = torch.stack([augment(images[j]) for _ in range(2) for j in ids])
        input_seconds = time.perf_counter() - begun
        step(views.to(memory_format=layout("resnet9")))
        if i == 0:
            start, cpu, waited = time.perf_counter(), time.process_time(), 0
        else:
            waited += input_seconds
    seconds, count = time.perf_counter() - start, len(images) - BATCH
    tell(network="resnet9", imagesPerSecond=count / seconds, inputShare=waited / seconds,
         cpuSecondsPerImage=(time.process_time() - cpu) / count)


def augment():
    for image_side, side, batch in ((32, 32, 128), (256, 224, 16)):
        images, views = torch.randint(0, 256, (batch, 3, image_side, image_side), dtype=torch.uint8), simclr_normal(side)
        seconds, cpu = timed(lambda: torch.stack([views(x) for _ in range(2) for x in images]), 1, 5)
        tell(side=side, viewsPerSecond=2 * batch / seconds, cpuMicrosecondsPerView=1e6 * cpu / (2 * batch))


@torch.no_grad()
def forward():
    for name, side, batch in (("resnet18", 32, 256), ("resnet50", 224, 16), ("vit_small", 224, 16)):
        if name not in networks(name):
            continue
        net = compiled(build(name, side)[0].to(memory_format=layout(name)).eval())
        images = (torch.rand(batch, 3, side, side) * 2 - 1).to(memory_format=layout(name))
        seconds, cpu = timed(lambda: net(images), 1, 5)
        tell(network=name, side=side, secondsPerPass=seconds, imagesPerSecond=batch / seconds, cpuSecondsPerPass=cpu)


@torch.no_grad()
def measured(reduce, wanted):
    """Two ResNet-9, forward hooks on every module that has a row, blocks of 8 images in 10 views; views are not made."""
    kept = []
    blocks = [(torch.rand(80, 3, 32, 32) * 2 - 1).to(memory_format=torch.channels_last) for _ in range(8)]

    def run(hooked):
        nets = [ResNet9(0).to(memory_format=torch.channels_last).eval() for _ in range(2)]
        for net in nets if hooked else []:
            for module in net.modules():
                if isinstance(module, wanted):
                    module.register_forward_hook(lambda _, __, y: kept.append(reduce(y)))
        return lambda: [net(block) for block in blocks for net in nets]

    bare, bare_cpu = timed(run(False), 1, 3)
    whole, whole_cpu = timed(run(True), 1, 3)
    tell(imagesPerSecond=64 / whole, bareImagesPerSecond=64 / bare, ratioWithoutViews=whole / bare,
         cpuRatioWithoutViews=whole_cpu / bare_cpu)


def layermem():
    def distances(y):
        vectors = torch.nn.functional.normalize(y.flatten(1), dim=1).view(10, 8, -1).transpose(0, 1)
        return torch.cdist(vectors, vectors)

    measured(distances, (torch.nn.Conv2d, torch.nn.BatchNorm2d, torch.nn.MaxPool2d))


def unitmem():
    measured(lambda y: y.relu().mean((2, 3)).view(10, 8, -1).mean(0),
             (torch.nn.Conv2d, torch.nn.BatchNorm2d, torch.nn.ReLU, torch.nn.MaxPool2d))


def worker_start():
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import torch; torch.zeros(64, 64) @ torch.zeros(64, 64)"], check=True)
        seconds.append(time.perf_counter() - start)
    tell(seconds=statistics.median(seconds))


BENCHMARKS = {f.__name__.replace("_", "-"): f for f in (
    simclr_step, train_epoch, augment, forward, layermem, unitmem, worker_start)}


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument("--as", dest="use", choices=("eager", "tuned", "compiled"), default="tuned")
    parser.add_argument("--times", type=int, help="how often each is measured, instead of what is published")
    parser.add_argument("--networks", nargs="*", help="only these")
    parser.add_argument("--precisions", nargs="*", help="only these: float32, bfloat16")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parsed(sys.argv[1:])
    BENCHMARKS[options.name]()
