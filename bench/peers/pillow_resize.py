"""Pillow: photographs to JPEG of height 256. Usage: pillow_resize.py [--draft] OUT PHOTO..."""

import os
import sys

from PIL import Image


def main(arguments):
    draft = arguments[0] == "--draft"
    out, photos = arguments[int(draft)], arguments[int(draft) + 1 :]
    for photo in photos:
        with Image.open(photo) as image:
            size = (round(image.width * 256 / image.height), 256)
            if draft:
                # The decoder reduces in the DCT to the smallest scale that is at least this size.
                image.draft("RGB", (2 * size[0], 2 * size[1]))
            resized = image.convert("RGB").resize(size, Image.LANCZOS)
            resized.save(os.path.join(out, os.path.basename(photo)), quality=75)


main(sys.argv[1:])
