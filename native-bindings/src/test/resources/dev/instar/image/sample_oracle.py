"""What torchvision, Pillow and PyTorch make of one small picture: the values that sample converters are held to.

sample_oracle.json was written by `/usr/bin/python3 sample_oracle.py > sample_oracle.json` with Debian 12's python3-torch
1.13.0a0, python3-torchvision 0.14.1a0 and Pillow 9.4.0. The picture is a formula, so both sides make it.
"""
import base64
import json
import sys

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image

WIDTH, HEIGHT = 37, 29
SAMPLE = 24


def picture():
    """Of neighbours that differ a little, grey areas, and all hues."""
    y, x, c = np.mgrid[0:HEIGHT, 0:WIDTH, 0:3]
    wave = (x * (5 + 3 * c) + y * (11 - 4 * c)) % 256
    noise = (x * x * 3 + y * y * 7 + x * y * (c + 1) * 5 + c * 91) % 64
    grey = (x * 9 + y * 4) % 256
    level = np.where((x // 6 + y // 5) % 4 == 0, grey, (wave + noise) % 256)
    return Image.fromarray(level.astype(np.uint8), "RGB")


def text(values):
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def colours(sample):
    for brightness, contrast, saturation, hue in [
        (0.6, 1, 1, 0), (1.7, 1, 1, 0), (1, 0.35, 1, 0), (1, 1.9, 1, 0), (1, 1, 0, 0), (1, 1, 0.5, 0), (1, 1, 2.3, 0),
        (1, 1, 1, 0.1), (1, 1, 1, -0.37), (1, 1, 1, 0.5), (0.8, 1.3, 1.25, -0.05), (1.2, 0.7, 0.6, 0.25)]:
        made = F.adjust_brightness(sample, brightness)
        made = F.adjust_contrast(made, contrast)
        made = F.adjust_saturation(made, saturation)
        if hue != 0:
            made = F.adjust_hue(made, hue)
        yield {"colour": [brightness, contrast, saturation, hue], "rgb": text(np.asarray(made))}


def rotations(sample):
    for degrees, fill in [(30, 0), (-77.5, 128), (90, 9), (180, 0), (123.456, 255), (720, 3), (0.25, 40)]:
        made = F.rotate(sample, degrees, interpolation=F.InterpolationMode.BILINEAR, fill=[fill] * 3)
        yield {"degrees": degrees, "fill": fill, "rgb": text(np.asarray(made))}


def resizes(whole):
    for crop, size, window in [
        ((0, 0, 37, 29), (40, 31), (3, 5)), ((5, 3, 20, 21), (24, 24), (0, 0)), ((1, 2, 36, 27), (25, 24), (1, 0)),
        ((9, 8, 3, 2), (60, 50), (20, 13)), ((0, 0, 37, 29), (24, 24), (0, 0)), ((2, 0, 30, 29), (30, 26), (6, 1))]:
        x, y, width, height = crop
        made = whole.crop((x, y, x + width, y + height)).resize(size, Image.BILINEAR)
        made = made.crop((*window, window[0] + SAMPLE, window[1] + SAMPLE))
        yield {"crop": crop, "size": size, "window": window, "rgb": text(np.asarray(made))}


def normalisations():
    levels = torch.arange(256, dtype=torch.uint8).repeat(3, 1)
    for mean, std in [([0, 0, 0], [1, 1, 1]), ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]), ([0.5] * 3, [0.5] * 3),
                      ([0.7312, 0.1, 0.333], [0.0612, 1.7, 0.3]) ]:
        values = levels.float().div(255).sub(torch.tensor(mean).float()[:, None]).div(torch.tensor(std).float()[:, None])
        yield {"mean": mean, "std": std, "float32": text(values.numpy()),
               "bfloat16": text(values.bfloat16().view(torch.int16).numpy())}


whole = picture()
sample = whole.crop((4, 2, 4 + SAMPLE, 2 + SAMPLE))
json.dump({"colours": list(colours(sample)), "rotations": list(rotations(sample)), "resizes": list(resizes(whole)),
           "normalisations": list(normalisations())}, sys.stdout, indent=1)
