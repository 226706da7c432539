"""Writes ../resources/oracle/peers.json: what torchvision, timm and plain PyTorch modules give for the weights of Formula.java.

Every case: number of parameters, digest of the state's names and shapes, and the output for a few images; some cases also the
output in training mode, running statistics and gradients. All in double.
"""

import hashlib
import json
import math
import pathlib
import sys
import zlib

import numpy as np
import torch
from torchvision.models.feature_extraction import create_feature_extractor, get_graph_node_names

from networks import noise
from peer_modules import CASES

DTYPE = torch.float64
TARGET = pathlib.Path(__file__).parent.parent / "resources" / "oracle" / "peers.json"


def key(name):
    return zlib.crc32(name.encode())


def value(name, tensor):
    """As Formula.values: by name and shape alone."""
    shape = tuple(tensor.shape)
    if tensor.dtype == torch.int64:
        return torch.zeros(shape, dtype=torch.int64)
    u = noise(key(name), int(np.prod(shape)))
    last = name.rsplit(".", 1)[-1]
    if last == "weight" and len(shape) > 1:
        u = u * math.sqrt(6.0 / np.prod(shape[1:]))
    elif last in ("weight", "weight_g"):
        u = 1 + 0.25 * u
    elif last == "running_var":
        u = 1 + 0.5 * u
    else:
        u = 0.1 * u
    return torch.tensor(u.astype(np.float32)).reshape(shape).to(DTYPE)


def summary(name, tensor):
    """Norm, one random projection, and the first values: enough to catch any wrong element."""
    flat = tensor.detach().flatten()
    probe = torch.tensor(noise(key("probe " + name), len(flat)), dtype=DTYPE)
    return {"norm": flat.norm().item(), "probe": (flat @ probe).item(), "head": flat[:4].tolist()}


def rounded(value):
    """To 12 digits, a thousand times finer than anything is compared."""
    if isinstance(value, dict):
        return {n: rounded(v) for n, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


def brief(name, tensor):
    """The norm and the projection alone."""
    values = summary(name, tensor)
    return [values["norm"], values["probe"]]


def inputs(shape):
    return torch.tensor(noise(key("images"), int(np.prod(shape))).astype(np.float32)).reshape(shape).to(DTYPE)


def nodes(module, x):
    """Every activation under the names of torchvision's feature extraction, and of modules that it looks into."""
    for layer in module.modules():
        if hasattr(layer, "inplace"):
            layer.inplace = False
    names = [n for n in get_graph_node_names(module)[1] if n != "x" and not n.endswith(("attn_mask", "is_causal"))]
    found = create_feature_extractor(module, return_nodes=names)(x)

    def keep(path):
        def hook(layer, arguments, output):
            found.setdefault(path, output)
        return hook

    hooks = [layer.register_forward_hook(keep(path)) for path, layer in module.named_modules() if path]
    module(x)
    for hook in hooks:
        hook.remove()
    return {n: brief("tap", t) for n, t in found.items() if isinstance(t, torch.Tensor) and t.ndim > 1 and t.dtype == DTYPE}


def measured(name, case):
    module = case["module"]().to(DTYPE)
    state = module.state_dict()
    module.load_state_dict({n: value(n, t) for n, t in state.items()}, strict=True)
    run = case.get("run", lambda net, x: net(x))
    x = inputs(case["input"])
    names = "\n".join(f"{n} {list(t.shape)}".replace(", ", ",") for n, t in state.items())
    result = {
        "parameters": sum(p.numel() for p in module.parameters() if p.requires_grad),
        "tensors": len(state),
        "state": hashlib.sha256(names.encode()).hexdigest(),
    }
    with torch.no_grad():
        result["output"] = summary("output", run(module.eval(), x))
        if case.get("nodes"):
            result["nodes"] = nodes(module, x)
    if case.get("trained"):
        y = run(module.train(), x)
        loss = (y * torch.tensor(noise(key("cotangent"), y.numel()), dtype=DTYPE).reshape(y.shape)).sum()
        loss.backward()
        result["trained"] = summary("output", y)
        result["gradients"] = {n: brief(n, p.grad) for n, p in module.named_parameters() if p.requires_grad}
        result["statistics"] = {
            n: brief(n, b) for n, b in module.named_buffers() if "running" in n}
    return result


if __name__ == "__main__":
    torch.set_num_threads(1)
    wanted = sys.argv[1:]
    found = json.loads(TARGET.read_text()) if wanted and TARGET.exists() else {}
    for name, case in CASES.items():
        if not wanted or any(name.startswith(w) for w in wanted):
            found[name] = measured(name, case)
            print(name, found[name]["parameters"], found[name]["output"]["norm"])
    lines = [json.dumps(n) + ": " + json.dumps(rounded(found[n]), separators=(",", ":")) for n in CASES if n in found]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(TARGET.stat().st_size, "bytes")
