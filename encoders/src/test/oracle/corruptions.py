"""Writes what SciPy, colorsys, numpy, Pillow, OpenCV and ImageMagick make of small images to corruptions.json: the corruptions that draw nothing, and others of
given draws: the k-th uniform one is k times the golden ratio plus a half, without its whole part; a normal one is six times that minus three; motion goes along 30°, snow along -70°.

Run with numpy, SciPy, Pillow, opencv-python-headless and Wand; the project itself needs none of them.
"""
import base64
import colorsys
import ctypes
import io
import json
import math
import sys

import cv2
import numpy as np
from PIL import Image, __version__ as pillow
from scipy import __version__ as scipy
from scipy.ndimage import correlate, correlate1d, gaussian_filter, map_coordinates, zoom
from wand.api import library
from wand.image import Image as Wand
from wand.version import MAGICK_VERSION

STRENGTHS = {  # of the published code, by table (CIFAR-10-C, Tiny ImageNet-C, ImageNet-C) and severity
    "gaussian_blur": [[.4, .6, .7, .8, 1], [.5, .75, 1, 1.25, 1.5], [1, 2, 3, 4, 6]],
    "brightness": [[.05, .1, .15, .2, .3], [.1, .2, .3, .4, .5], [.1, .2, .3, .4, .5]],
    "contrast": [[.75, .5, .4, .3, .15], [.4, .3, .2, .1, .05], [.4, .3, .2, .1, .05]],
    "defocus_blur": [[(.3, .4), (.4, .5), (.5, .6), (1, .2), (1.5, .1)], [(.5, .6), (1, .1), (1.5, .1), (2.5, .01), (3, .1)],
                     [(3, .1), (4, .5), (6, .5), (8, .5), (10, .5)]],
    "zoom_blur": [[(1.06, .01), (1.11, .01), (1.16, .01), (1.21, .01), (1.26, .01)]] * 2
                 + [[(1.11, .01), (1.16, .01), (1.21, .02), (1.26, .02), (1.31, .03)]],
    "fog": [[(.2, 3), (.5, 3), (.75, 2.5), (1, 2), (1.5, 1.75)], [(.4, 3), (.7, 3), (1, 2.5), (1.5, 2), (2, 1.75)],
            [(1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4)]],
    "saturate": [[(.3, 0), (.1, 0), (1.5, 0), (2, .1), (2.5, .2)], [(.3, 0), (.1, 0), (2, 0), (5, .1), (30, .2)],
                 [(.3, 0), (.1, 0), (2, 0), (5, .1), (20, .2)]],
    "jpeg_compression": [[80, 65, 58, 50, 40], [65, 58, 50, 40, 25], [25, 18, 15, 10, 7]],
    "glass_blur": [[(.05, 1, 1), (.25, 1, 1), (.4, 1, 1), (.25, 1, 2), (.4, 1, 2)], [(.1, 1, 1), (.5, 1, 1), (.6, 1, 2), (.7, 2, 1), (.9, 2, 2)],
                   [(.7, 1, 2), (.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2)]],
    "motion_blur": [[(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)], [(10, 1), (10, 1.5), (10, 2), (10, 2.5), (12, 3)],
                    [(10, 3), (15, 5), (15, 8), (15, 12), (20, 15)]],
    "elastic_transform": [[tuple(32 * share for share in of) for of in [(0, 0, .08), (.05, .2, .07), (.08, .06, .06), (.1, .04, .05), (.1, .03, .03)]],
                          [tuple(64 * share for share in of) for of in [(0, 0, .08), (.05, .3, .06), (.1, .08, .06), (.1, .03, .03), (.16, .03, .02)]],
                          [tuple(244 * share for share in of) for of in [(2, .7, .1), (2, .08, .2), (.05, .01, .02), (.07, .01, .02), (.12, .01, .02)]]],
    "snow": [[(.1, .2, 1, .6, 8, 3, .95), (.1, .2, 1, .5, 10, 4, .9), (.15, .3, 1.75, .55, 10, 4, .9), (.25, .3, 2.25, .6, 12, 6, .85), (.3, .3, 1.25, .65, 14, 12, .8)],
             [(.1, .2, 1, .6, 8, 3, .8), (.1, .2, 1, .5, 10, 4, .8), (.15, .3, 1.75, .55, 10, 4, .7), (.25, .3, 2.25, .6, 12, 6, .65), (.3, .3, 1.25, .65, 14, 12, .6)],
             [(.1, .3, 3, .5, 10, 4, .8), (.2, .3, 2, .5, 12, 4, .7), (.55, .3, 4, .9, 12, 8, .7), (.55, .3, 4.5, .85, 12, 8, .65), (.55, .3, 2.5, .85, 12, 12, .55)]],
    "pixelate": [[.95, .9, .85, .75, .65], [.9, .8, .7, .6, .5], [.6, .5, .4, .3, .25]],
}
CASES = [(8, 12, 0, 1), (8, 12, 0, 5), (34, 20, 1, 4), (66, 12, 2, 2), (24, 24, 0, 3), (70, 8, 2, 5)]  # height, width, table, severity


library.MagickMotionBlurImage.argtypes = [ctypes.c_void_p, ctypes.c_double, ctypes.c_double, ctypes.c_double]


def uniform(first, count):
    return (np.arange(first, first + count, dtype=float) * 0.618033988749895 + 0.5) % 1


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


def saturate(x, strength):
    out = np.empty_like(x)
    for at in np.ndindex(x.shape[1:]):
        h, s, v = colorsys.rgb_to_hsv(*x[(slice(None), *at)])
        out[(slice(None), *at)] = colorsys.hsv_to_rgb(h, min(1, max(0, s * strength[0] + strength[1])), v)
    return out


def defocus(x, strength):
    radius, deviation = strength
    reach, edge = (8, 1) if radius <= 8 else (radius, 2)
    y, z = np.mgrid[-reach:reach + 1, -reach:reach + 1]
    disk = (y ** 2 + z ** 2 <= radius ** 2).astype(float)
    taps = np.exp(-np.arange(-edge, edge + 1) ** 2 / (2 * deviation ** 2))
    kernel = disk / disk.sum()
    for axis in (0, 1):
        kernel = correlate1d(kernel, taps / taps.sum(), axis=axis, mode="mirror")
    return np.stack([correlate(plane, kernel, mode="mirror") for plane in x])


def zoom_blur(x, strength):
    factors = np.arange(1, *strength)
    return (x + sum(enlarged(x, factor) for factor in factors)) / (len(factors) + 1)


def enlarged(x, factor):
    cuts = []
    for length in x.shape[1:]:
        cut = math.ceil(length / factor)
        cuts.append(slice((length - cut) // 2, (length - cut) // 2 + cut))
    large = zoom(x[:, cuts[0], cuts[1]], (1, factor, factor), order=1)
    top, left = [(of - length) // 2 for of, length in zip(large.shape[1:], x.shape[1:])]
    return large[:, top:top + x.shape[1], left:left + x.shape[2]]


def motion(x, radius, deviation, degrees):
    """By ImageMagick, in 16 bits; single channels."""
    out = np.empty_like(x)
    for plane, moved in zip(x, out):
        with Wand.from_array(np.round(plane * 65535).astype(np.uint16), channel_map="I") as picture:
            library.MagickMotionBlurImage(picture.wand, radius, deviation, degrees)
            moved[:] = np.array(picture.export_pixels(channel_map="I", storage="short")).reshape(plane.shape) / 65535
    return out


def glass(x, strength):
    deviation, reach, rounds = strength
    out, drawn = blur(x, deviation), 0
    for _ in range(rounds):
        for row in range(x.shape[1] - reach, reach, -1):
            for column in range(x.shape[2] - reach, reach, -1):
                right, down = np.floor(uniform(drawn, 2) * 2 * reach).astype(int) - reach
                drawn += 2
                out[:, row, column] = out[:, row + down, column + right]
    return blur(out, deviation)


def elastic(x, strength):
    much, deviation, most = strength
    height, width = x.shape[1:]
    third = min(height, width) // 3
    points = np.float32([[width // 2 + third, height // 2 + third], [width // 2 + third, height // 2 - third], [width // 2 - third, height // 2 - third]])
    moved = points + most * (2 * uniform(0, 6).reshape(3, 2) - 1).astype(np.float32)
    back = cv2.invertAffineTransform(cv2.getAffineTransform(points, np.float32(moved)))
    row, column = np.mgrid[0:height, 0:width].astype(float)
    at = [back[1, 0] * column + back[1, 1] * row + back[1, 2], back[0, 0] * column + back[0, 1] * row + back[0, 2]]
    stretched = np.stack([map_coordinates(plane, at, order=1, mode="mirror") for plane in x])
    if much == 0:
        return stretched
    right, down = [much * gaussian_filter(2 * uniform(6 + i * height * width, height * width).reshape(height, width) - 1, deviation, mode="reflect", truncate=3)
                   for i in range(2)]
    return np.stack([map_coordinates(plane, [row + down, column + right], order=1, mode="reflect") for plane in stretched])


def snow(x, strength):
    mean, deviation, factor, least, radius, spread, own = strength
    drawn = mean + deviation * (6 * uniform(0, x[0].size).reshape(x[0].shape) - 3)
    flakes = enlarged(drawn[None], factor)
    flakes[flakes < least] = 0
    flakes = motion(np.clip(flakes, 0, 1), radius, spread, -70)
    gray = cv2.cvtColor(np.float32(x.transpose(1, 2, 0)), cv2.COLOR_RGB2GRAY)
    return own * x + (1 - own) * np.maximum(x, gray * 1.5 + .5) + flakes + np.rot90(flakes, 2, (1, 2))


def fog(x, strength):
    thick, decay = strength
    side = 1 << max(1, (max(x.shape[1:]) - 1).bit_length())
    drawn = [0]

    def field(count, rough):
        first, drawn[0] = drawn[0], drawn[0] + count * count
        return rough * rough * (2 * uniform(first, count * count).reshape(count, count) - 1)

    plasma = np.zeros((side, side))
    step, rough = side, 100.
    while step > 1:
        half, count = step // 2, side // step
        corner = plasma[::step, ::step].copy()
        down, right = np.roll(corner, -1, 0), np.roll(corner, -1, 1)
        center = (corner + down + right + np.roll(down, -1, 1)) / 4 + field(count, rough)
        plasma[half::step, half::step] = center
        plasma[::step, half::step] = (center + np.roll(center, 1, 0) + corner + right) / 4 + field(count, rough)
        plasma[half::step, ::step] = (center + np.roll(center, 1, 1) + corner + down) / 4 + field(count, rough)
        step, rough = half, rough / decay
    plasma = (plasma - plasma.min()) / (plasma.max() - plasma.min())
    return (x + thick * plasma[:x.shape[1], :x.shape[2]]) * x.max() / (x.max() + thick)


def jpeg(planes, quality):
    stored = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(planes.transpose(1, 2, 0))).save(stored, "JPEG", quality=quality)
    return np.asarray(Image.open(stored)).transpose(2, 0, 1)


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
        elif name == "jpeg_compression":
            found = jpeg(planes, strength)
        else:
            operation = {"gaussian_blur": blur, "brightness": brightness, "contrast": contrast, "defocus_blur": defocus, "zoom_blur": zoom_blur,
                         "fog": fog, "saturate": saturate, "glass_blur": glass, "elastic_transform": elastic, "snow": snow,
                         "motion_blur": lambda x, of: motion(x, *of, 30)}[name]
            found = np.floor(np.clip(operation(planes / 255., strength), 0, 1) * 255 + .5).astype(np.uint8)
        cases.append(dict(corruption=name, severity=severity, height=height, width=width,
                          planes=base64.b64encode(np.ascontiguousarray(found).tobytes()).decode()))
json.dump(dict(pillow=pillow, scipy=scipy, opencv=cv2.__version__, imagemagick=MAGICK_VERSION, cases=cases), open(sys.argv[1], "w"), indent=1)
