"""Writes what SciPy, colorsys, numpy and Pillow make of small images to corruptions.json: the corruptions that draw nothing.

Run with numpy, SciPy and Pillow; the project itself needs none of them.
"""
import base64
import colorsys
import json
import sys

import numpy as np
from PIL import Image, __version__ as pillow
from scipy import __version__ as scipy
from scipy.ndimage import gaussian_filter

STRENGTHS = {  # of the published code, by table (CIFAR-10-C, Tiny ImageNet-C, ImageNet-C) and severity
    "gaussian_blur": [[.4, .6, .7, .8, 1], [.5, .75, 1, 1.25, 1.5], [1, 2, 3, 4, 6]],
    "brightness": [[.05, .1, .15, .2, .3], [.1, .2, .3, .4, .5], [.1, .2, .3, .4, .5]],
    "contrast": [[.75, .5, .4, .3, .15], [.4, .3, .2, .1, .05], [.4, .3, .2, .1, .05]],
    "pixelate": [[.95, .9, .85, .75, .65], [.9, .8, .7, .6, .5], [.6, .5, .4, .3, .25]],
}
CASES = [(8, 12, 0, 1), (8, 12, 0, 5), (34, 20, 1, 4), (66, 12, 2, 2)]  # height, width, table, severity


def image(height, width):
    c, y, x = np.mgrid[0:3, 0:height, 0:width]
    return ((x * 7 + y * 13 + c * 50) ^ (x * y)).astype(np.uint8) * (x + y > 2).astype(np.uint8)


def blur(x, strength):
    return np.stack([gaussian_filter(plane, strength, mode="nearest", truncate=4) for plane in x])


def brightness(x, strength):
    out = np.empty_like(x)
    for at in np.ndindex(x.shape[1:]):
        h, s, v = colorsys.rgb_to_hsv(*x[(slice(None), *at)])
        out[(slice(None), *at)] = colorsys.hsv_to_rgb(h, s, min(1, v + strength))
    return out


def contrast(x, strength):
    means = x.mean(axis=(1, 2), keepdims=True)
    return (x - means) * strength + means


def pixelate(planes, strength):
    picture = Image.fromarray(planes.transpose(1, 2, 0))
    width, height = picture.size
    small = picture.resize((int(width * strength), int(height * strength)), Image.BOX)
    return np.asarray(small.resize((width, height), Image.BOX)).transpose(2, 0, 1)


cases = []
for height, width, table, severity in CASES:
    planes = image(height, width)
    for name, tables in STRENGTHS.items():
        strength = tables[table][severity - 1]
        if name == "pixelate":
            found = pixelate(planes, strength)
        else:
            operation = {"gaussian_blur": blur, "brightness": brightness, "contrast": contrast}[name]
            found = np.floor(np.clip(operation(planes / 255., strength), 0, 1) * 255 + .5).astype(np.uint8)
        cases.append(dict(corruption=name, severity=severity, height=height, width=width,
                          planes=base64.b64encode(np.ascontiguousarray(found).tobytes()).decode()))
json.dump(dict(pillow=pillow, scipy=scipy, cases=cases), open(sys.argv[1], "w"), indent=1)
