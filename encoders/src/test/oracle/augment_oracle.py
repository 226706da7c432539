"""Writes torchvision's answers for single operations and whole chains to augment-oracle.json.

Run with torch and torchvision; the project itself needs neither. Images are made here: a smooth colour gradient with noise
and a few saturated, grey and black spots, where hue is undefined.
"""
import base64
import json
import sys

import numpy as np
import torch
import torchvision
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

HEIGHT, WIDTH, SIDE = 20, 24, 16
MEAN, STD = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)


def picture(seed):
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [127 + 90 * np.sin(x / rng.uniform(2, 6) + rng.uniform(0, 6)) * np.cos(y / rng.uniform(2, 6)) for _ in range(3)]
    image = np.clip(np.stack(planes) + rng.normal(0, 12, (3, HEIGHT, WIDTH)), 0, 255).astype(np.uint8)
    image[:, 0:3, 0:3] = 0
    image[:, 0:3, 4:7] = 255
    image[:, 0:3, 8:11] = 100
    image[:, 4:7, 0:3] = np.array([255, 0, 0], np.uint8)[:, None, None]
    image[:, 4:7, 4:7] = np.array([0, 255, 255], np.uint8)[:, None, None]
    return image


def text(array, dtype):
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()


def view(image, case):
    x = torch.from_numpy(image).to(torch.float32) / 255
    top, left, height, width = case["crop"]
    if "padding" in case:
        x = F.pad(x, [case["padding"]] * 4)
    mode = InterpolationMode.BICUBIC if case.get("bicubic") else InterpolationMode.BILINEAR
    x = F.resized_crop(x, top, left, height, width, [SIDE, SIDE], mode, antialias=True)
    if case.get("horizontalFlip"):
        x = F.hflip(x)
    if case.get("verticalFlip"):
        x = F.vflip(x)
    for operation in case.get("order", []):
        factor = case[operation.lower()]
        x = {
            "BRIGHTNESS": F.adjust_brightness,
            "CONTRAST": F.adjust_contrast,
            "SATURATION": F.adjust_saturation,
            "HUE": F.adjust_hue,
        }[operation](x, factor)
    if case.get("grayscale"):
        x = F.rgb_to_grayscale(x, num_output_channels=3)
    if "blurSigma" in case:
        x = F.gaussian_blur(x, [case.get("kernel", 5)] * 2, [case["blurSigma"]] * 2)
    if "solarize" in case:
        x = F.solarize(x, case["solarize"])
    return F.normalize(x, MEAN, STD)


WHOLE = [0, 0, HEIGHT, WIDTH]
ALL = dict(brightness=1.3, contrast=0.6, saturation=1.7, hue=0.15)
CASES = [
    dict(name="whole", crop=WHOLE),
    dict(name="shrinking crop", crop=[1, 2, 18, 19]),
    dict(name="enlarging crop", crop=[9, 7, 5, 7]),
    dict(name="one pixel", crop=[19, 23, 1, 1]),
    dict(name="same size", crop=[2, 3, 16, 16]),
    dict(name="wide", crop=[4, 0, 6, 24]),
    dict(name="horizontal flip", crop=[0, 1, 13, 11], horizontalFlip=True),
    dict(name="vertical flip", crop=[3, 1, 13, 11], verticalFlip=True),
    dict(name="brighter", crop=WHOLE, order=["BRIGHTNESS"], brightness=1.6),
    dict(name="darker", crop=WHOLE, order=["BRIGHTNESS"], brightness=0.2),
    dict(name="more contrast", crop=WHOLE, order=["CONTRAST"], contrast=1.8),
    dict(name="less contrast", crop=WHOLE, order=["CONTRAST"], contrast=0.1),
    dict(name="more saturation", crop=WHOLE, order=["SATURATION"], saturation=1.8),
    dict(name="less saturation", crop=WHOLE, order=["SATURATION"], saturation=0.3),
    dict(name="hue forward", crop=[2, 3, 16, 16], order=["HUE"], hue=0.2),
    dict(name="hue back", crop=[0, 0, 16, 16], order=["HUE"], hue=-0.45),
    dict(name="order BCSH", crop=WHOLE, order=["BRIGHTNESS", "CONTRAST", "SATURATION", "HUE"], **ALL),
    dict(name="order HSCB", crop=WHOLE, order=["HUE", "SATURATION", "CONTRAST", "BRIGHTNESS"], **ALL),
    dict(name="grayscale", crop=WHOLE, grayscale=True),
    dict(name="blur", crop=WHOLE, blurSigma=1.1),
    dict(name="wide blur", crop=[2, 3, 16, 16], blurSigma=4.0),
    dict(name="solarize", crop=WHOLE, solarize=0.5),
    dict(name="invert", crop=WHOLE, solarize=0.0),
    dict(name="solarize from byte 128", crop=WHOLE, solarize=128 / 255),
    dict(name="narrow blur", crop=WHOLE, blurSigma=0.4, kernel=3),
    dict(name="wide kernel", crop=WHOLE, blurSigma=2.0, kernel=9),
    dict(name="bicubic whole", crop=WHOLE, bicubic=True),
    dict(name="bicubic shrinking crop", crop=[1, 2, 18, 21], bicubic=True),
    dict(name="bicubic enlarging crop", crop=[9, 7, 5, 7], bicubic=True, horizontalFlip=True),
    dict(name="bicubic one pixel", crop=[0, 23, 1, 1], bicubic=True),
    dict(name="bicubic same size", crop=[2, 3, 16, 16], bicubic=True),
    dict(name="bicubic with colour", crop=[3, 1, 12, 15], bicubic=True, order=["SATURATION", "HUE", "CONTRAST", "BRIGHTNESS"], **ALL),
    dict(name="padded", crop=[0, 8, HEIGHT, WIDTH], padding=4),
    dict(name="padded, other corner", crop=[7, 1, HEIGHT, WIDTH], padding=4, verticalFlip=True),
    dict(name="everything", crop=[3, 5, 12, 15], horizontalFlip=True, verticalFlip=True,
         order=["SATURATION", "BRIGHTNESS", "HUE", "CONTRAST"], grayscale=True, blurSigma=0.7, solarize=0.5, **ALL),
]

cases = []
for i, case in enumerate(CASES):
    image = picture(i % 3)
    cases.append(dict(case, image=i % 3, view=text(view(image, case).numpy(), "<f4")))
result = dict(
    made_with=f"torch {torch.__version__}, torchvision {torchvision.__version__}",
    height=HEIGHT, width=WIDTH, side=SIDE,
    images=[text(picture(i), np.uint8) for i in range(3)],
    cases=cases,
)
json.dump(result, open(sys.argv[1], "w"), indent=0)
