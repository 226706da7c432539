"""The step of SimClrStepBench in PyTorch, eager with channels-last memory: simclr_step_torch.py resnet9|resnet18 [STEPS]."""

import json
import pathlib
import resource
import statistics
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "encoders" / "src" / "test" / "oracle"))
from networks import Projected, ResNet9, nt_xent, projector, resnet18  # noqa: E402

name, steps = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
batch, warmup = 128, 2
encoder, width = (ResNet9(0), 256) if name == "resnet9" else (resnet18(0), 512)
net = Projected(encoder, projector(width, 512, 128)).to(memory_format=torch.channels_last).train()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
views = (torch.rand(2 * batch, 3, 32, 32) * 2 - 1).to(memory_format=torch.channels_last)


def step():
    optimizer.zero_grad()
    loss = nt_xent(*net(views).chunk(2), 0.5)
    loss.backward()
    optimizer.step()
    return loss.item()


for _ in range(warmup):
    step()
seconds, cpu = [], time.process_time()
for _ in range(steps):
    start = time.perf_counter()
    step()
    seconds.append(time.perf_counter() - start)
median = statistics.median(seconds)
print(json.dumps({
    "network": name,
    "batch": batch,
    "threads": torch.get_num_threads(),
    "secondsPerStep": median,
    "imagesPerSecond": batch / median,
    "cpuSecondsPerStep": (time.process_time() - cpu) / steps,
    "peakResidentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    "engine": torch.__version__,
}))
