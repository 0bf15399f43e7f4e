"""OpenCV: photographs to JPEG of height 256. Usage: opencv_resize.py [--reduced] OUT PHOTO..."""

import os
import sys

import cv2


def main(arguments):
    reduced = arguments[0] == "--reduced"
    out, photos = arguments[int(reduced)], arguments[int(reduced) + 1 :]
    cv2.setNumThreads(1)
    mode = cv2.IMREAD_REDUCED_COLOR_4 if reduced else cv2.IMREAD_COLOR
    for photo in photos:
        image = cv2.imread(photo, mode)
        height, width = image.shape[:2]
        small = cv2.resize(image, (round(width * 256 / height), 256), interpolation=cv2.INTER_AREA)
        name = os.path.join(out, os.path.basename(photo))
        cv2.imwrite(name, small, [cv2.IMWRITE_JPEG_QUALITY, 75])


main(sys.argv[1:])
