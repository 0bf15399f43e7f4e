"""How good stored pictures are: a JSON object for each photograph, on standard output.

Usage: quality.py CONVERT STORED PIXELS PHOTO...

CONVERT is ImageMagick's program. STORED holds a JPEG for each photograph, of the same name, made at quality 75 and 4:2:0; PIXELS the same
picture before it was encoded, with `.png` after the name. Exact area: each pixel is the mean of what it covers of the fully decoded
photograph, in double precision.

  psnr        of the stored picture against the exact area, in dB over the three channels
  psnr_exact  of the exact area, rounded and encoded likewise, against the exact area
  loss        psnr_exact - psnr: what a reduced decode and fixed-point weights cost
  ssim        of the pixels before encoding against those of `convert PHOTO -resize x256`, in luma
  ssim_rgb    the same, the mean of the three channels
  ssim_exact  of the exact area, rounded, against ImageMagick's pixels in luma: what area can reach against its Lanczos
"""

import io
import json
import os
import subprocess
import sys

import numpy
from PIL import Image
from skimage.metrics import structural_similarity


def coverage(source, target):
    """The share that each of `target` stretches of a line has of each of `source` pixels; rows sum to 1."""
    edges = numpy.arange(target + 1) * (source / target)
    pixels = numpy.arange(source)
    low = numpy.maximum(edges[:-1, None], pixels[None, :])
    high = numpy.minimum(edges[1:, None], pixels[None, :] + 1)
    return numpy.maximum(high - low, 0) * (target / source)


def exact_area(pixels, width, height):
    rows = coverage(pixels.shape[0], height)
    columns = coverage(pixels.shape[1], width)
    # Through matrix products, one channel after the other: 150 MB instead of a gigabyte.
    channels = [rows @ pixels[:, :, c].astype(numpy.float64) @ columns.T for c in range(3)]
    return numpy.stack(channels, axis=2)


def psnr(pixels, truth):
    return 10 * numpy.log10(255**2 / numpy.mean((pixels - truth) ** 2))


def ssim(pixels, truth):
    """Wang et al. 2004: Gaussian windows of sigma 1.5, the mean over pixels (and channels, where there are some)."""
    return structural_similarity(
        pixels,
        truth,
        channel_axis=2 if pixels.ndim == 3 else None,
        data_range=255,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
    )


def decoded(file):
    with Image.open(file) as image:
        return numpy.asarray(image.convert("RGB"))


def luma(pixels):
    return numpy.asarray(Image.fromarray(pixels).convert("L"))


def at_75(pixels):
    jpeg = io.BytesIO()
    Image.fromarray(pixels).save(jpeg, "JPEG", quality=75, subsampling="4:2:0")
    return decoded(jpeg)


def resized_by(convert, photo):
    command = [convert, photo, "-resize", "x256", "ppm:-"]
    return decoded(io.BytesIO(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def row(convert, stored, pixels, photo):
    name = os.path.basename(photo)
    ours = decoded(os.path.join(stored, name))
    before = decoded(os.path.join(pixels, name + ".png"))
    height, width, _ = ours.shape
    truth = exact_area(decoded(photo), width, height)
    exact = numpy.clip(numpy.rint(truth), 0, 255).astype(numpy.uint8)
    theirs = resized_by(convert, photo)
    reached, possible = psnr(ours, truth), psnr(at_75(exact), truth)
    return {
        "photo": name,
        "psnr": reached,
        "psnr_exact": possible,
        "loss": possible - reached,
        "ssim": ssim(luma(before), luma(theirs)),
        "ssim_rgb": ssim(before, theirs),
        "ssim_exact": ssim(luma(exact), luma(theirs)),
    }


def main(convert, stored, pixels, *photos):
    json.dump([row(convert, stored, pixels, photo) for photo in photos], sys.stdout)


main(*sys.argv[1:])
