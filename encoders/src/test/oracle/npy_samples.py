"""Writes the .npy files of NpyFileTest: python npy_samples.py FOLDER."""
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
values = np.array([3, 1, 4, 1, 5, 9, -2, 6, 1 << 40], dtype=np.int64)
np.save(folder / "list.npy", values)
np.save(folder / "column.npy", values[:, None])
np.save(folder / "empty.npy", values[:0])
np.save(folder / "narrow.npy", np.array([7, -8], dtype=np.int32))
np.save(folder / "floats.npy", values.astype(np.float64))
np.save(folder / "matrix.npy", values.reshape(3, 3))
with open(folder / "version2.npy", "wb") as file:
    np.lib.format.write_array(file, values, version=(2, 0))
