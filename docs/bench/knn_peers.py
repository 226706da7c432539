"""The search of KnnBench by others: knn_peers.py torch|faiss [QUERIES ROWS DIMENSION K].

torch: matrix products of blocks of 256 queries, |x|^2 - 2 q x, topk; float32, not exact on ties or near-ties.
faiss: IndexFlatL2 (pip install faiss-cpu), which does the same in its own code.
"""

import json
import resource
import sys
import time

import numpy
import torch

peer = sys.argv[1]
queries, rows, dimension, k = map(int, sys.argv[2:6]) if len(sys.argv) > 2 else (10_000, 50_000, 2_048, 100)
random = numpy.random.default_rng(0)
q = random.random((queries, dimension), dtype=numpy.float32) * 2 - 1
x = random.random((rows, dimension), dtype=numpy.float32) * 2 - 1


def by_torch():
    tq, tx = torch.from_numpy(q), torch.from_numpy(x)
    squares = (tx * tx).sum(1)
    for block in tq.split(256):
        torch.topk(torch.addmm(squares, block, tx.T, alpha=-2), k, largest=False)
    return torch.__version__


def by_faiss():
    import faiss

    index = faiss.IndexFlatL2(dimension)
    index.add(x)
    index.search(q, k)
    return faiss.__version__


start, cpu = time.perf_counter(), time.process_time()
version = {"torch": by_torch, "faiss": by_faiss}[peer]()
print(json.dumps({
    "peer": f"{peer} {version}",
    "setting": {"queries": queries, "rows": rows, "dimension": dimension, "k": k, "threads": torch.get_num_threads()},
    "seconds": time.perf_counter() - start,
    "cpuSeconds": time.process_time() - cpu,
    "peakResidentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
}))
