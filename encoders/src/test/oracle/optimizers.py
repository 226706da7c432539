"""Prints the reference values of OptimizerTest: three steps of PyTorch's optimizers, in double."""

import torch


def three_steps(name, make):
    w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([0.5, -0.5], dtype=torch.float64, requires_grad=True)
    optimizer = make(w, b)
    for i in (1, 2, 3):
        w.grad = torch.tensor([[0.1 * i, -0.2], [0.3, -0.4]], dtype=torch.float64)
        b.grad = torch.tensor([0.01, 0.02 * -i], dtype=torch.float64)
        for group in optimizer.param_groups:
            group["lr"] = 0.05 / i
        optimizer.step()
    for suffix, tensor in (("W", w), ("B", b)):
        values = ", ".join(repr(v) for v in tensor.detach().flatten().tolist())
        print(f"    private static final double[] {name}_{suffix} = {{{values}}};")


def groups(w, b, decay):
    return [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}]


three_steps("ADAM", lambda w, b: torch.optim.Adam(groups(w, b, 0.01), lr=1.0))
three_steps("ADAMW", lambda w, b: torch.optim.AdamW(groups(w, b, 0.1), lr=1.0))
three_steps("SGD", lambda w, b: torch.optim.SGD(groups(w, b, 0.01), lr=1.0, momentum=0.9))
