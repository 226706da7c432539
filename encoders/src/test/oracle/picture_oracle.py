"""Writes small picture files of every kind, and what Pillow and torchvision make of them, to picture-oracle.json.

Run with Pillow, torch and torchvision; the project itself needs none of them.
"""
import base64
import io
import json
import sys

import numpy as np
import torch
import torchvision
from PIL import Image, ImageOps, __version__ as pillow
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

rng = np.random.default_rng(3)
HEIGHT, WIDTH = 24, 40
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
smooth = np.stack([127 + 100 * np.sin(x / (5 + c) + c) * np.cos(y / (4 + c)) for c in range(3)], 2)
rgb = np.clip(smooth + rng.normal(0, 4, smooth.shape), 0, 255).astype(np.uint8)
picture = Image.fromarray(rgb)


def text(array):
    return base64.b64encode(np.ascontiguousarray(array, np.uint8).tobytes()).decode()


def planes(image):
    return np.asarray(image.convert("RGB")).transpose(2, 0, 1)


def case(name, image, fmt, expected=None, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    stored = Image.open(io.BytesIO(out.getvalue()))
    upright = expected if expected is not None else planes(ImageOps.exif_transpose(stored))
    return dict(name=name, file=base64.b64encode(out.getvalue()).decode(),
                height=upright.shape[1], width=upright.shape[2], planes=text(upright))


def ycck(**options):
    """A file as Adobe's: half of the grey in black ink; the amounts of the three colored inks as YCbCr, black inverted. Pillow, which writes
    none, inverts what it writes and says transform 0; both are undone."""
    lacking = 255.0 - rgb
    black = lacking.min(2, keepdims=True) / 2
    colors = (lacking - black) / (255 - black) * 255
    luma = np.asarray(Image.fromarray(np.rint(colors).astype(np.uint8), "RGB").convert("YCbCr"))
    out = io.BytesIO()
    Image.fromarray(255 - np.dstack([luma, 255 - np.rint(black).astype(np.uint8)]), "CMYK").save(out, "JPEG", **options)
    file = bytearray(out.getvalue())
    transform = file.index(b"Adobe") + 11
    assert file[transform] == 0
    file[transform] = 2
    stored = Image.open(io.BytesIO(bytes(file)))
    assert stored.mode == "CMYK"
    return dict(name="ycck jpeg", file=base64.b64encode(bytes(file)).decode(),
                height=HEIGHT, width=WIDTH, planes=text(planes(stored)))


def numbered(a, b, c):
    """A file without JFIF's header whose components carry other numbers, as some cameras' and converters'."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, subsampling=0)
    file = bytearray(out.getvalue())
    assert file[2:4] == b"\xff\xe0"
    del file[2:4 + int.from_bytes(file[4:6], "big")]
    frame, scan = file.index(b"\xff\xc0"), file.index(b"\xff\xda")
    for i, number in enumerate((a, b, c)):
        file[frame + 10 + 3 * i] = number
        file[scan + 5 + 2 * i] = number
    stored = Image.open(io.BytesIO(bytes(file)))
    return dict(name=f"components {a} {b} {c}", file=base64.b64encode(bytes(file)).decode(),
                height=HEIGHT, width=WIDTH, planes=text(planes(stored)))


grey16 = (rgb[:, :, 0].astype(np.uint16) << 8) | 77
alpha = Image.fromarray(np.dstack([rgb, np.full((HEIGHT, WIDTH), 60, np.uint8)]))
cases = [
    case("rgb png", picture, "PNG"),
    case("grey png", picture.convert("L"), "PNG"),
    case("black and white png", picture.convert("1"), "PNG"),
    case("palette png", picture.quantize(13), "PNG"),
    case("transparent png", alpha, "PNG", expected=rgb.transpose(2, 0, 1)),
    case("grey and transparent png", picture.convert("LA"), "PNG"),
    case("16 bit grey png", Image.fromarray(grey16), "PNG", expected=np.repeat(rgb[:, :, :1], 3, 2).transpose(2, 0, 1)),
    case("rgb jpeg", picture, "JPEG", quality=92, subsampling=0),
    case("subsampled jpeg", picture, "JPEG", quality=90),
    case("progressive jpeg", picture, "JPEG", quality=92, progressive=True, subsampling=0),
    case("grey jpeg", picture.convert("L"), "JPEG", quality=92),
    case("cmyk jpeg", picture.convert("CMYK"), "JPEG", quality=95),
    ycck(quality=95, subsampling=0),
    numbered(1, 2, 3),
    numbered(0, 1, 2),
    numbered(ord("Y"), ord("C"), ord("c")),
    numbered(ord("R"), ord("G"), ord("B")),
]
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    cases.append(case(f"orientation {orientation}", picture, "JPEG", quality=92, subsampling=0, exif=exif))

resized = []
for mode, interpolation in (("BILINEAR", InterpolationMode.BILINEAR), ("BICUBIC", InterpolationMode.BICUBIC)):
    for resize, side in ((16, 13), (30, 27), (24, 24), (40, 32)):
        tensor = torch.from_numpy(rgb.transpose(2, 0, 1).copy())
        out = F.center_crop(F.resize(tensor, resize, interpolation, antialias=True), side)
        resized.append(dict(interpolation=mode, resize=resize, side=side, planes=text(out.numpy())))
    tensor = torch.from_numpy(rgb.transpose(2, 0, 1).copy())
    resized.append(dict(interpolation=mode, resize=0, side=17, planes=text(F.resize(tensor, [17, 17], interpolation, antialias=True).numpy())))

json.dump(dict(
    made_with=f"Pillow {pillow}, torch {torch.__version__}, torchvision {torchvision.__version__}",
    height=HEIGHT, width=WIDTH, planes=text(rgb.transpose(2, 0, 1)), cases=cases, resized=resized,
), open(sys.argv[1], "w"), indent=0)
