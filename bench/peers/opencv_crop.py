"""OpenCV: a box for each photograph, as it is usually done: Otsu's threshold on grey, and the rectangle around the largest outline of what is darker.

Usage: opencv_crop.py plain|blurred|reduced OUT.csv PHOTO...

`blurred` smooths before the threshold; `reduced` decodes at 1/8, which only fits large photographs, and scales the box.
"""

import csv
import os
import sys

import cv2

REDUCTION = 8


def box_in(photo, way):
    """x, y, width and height in the photograph's pixels; None where nothing is darker."""
    grey = cv2.imread(photo, cv2.IMREAD_REDUCED_GRAYSCALE_8 if way == "reduced" else cv2.IMREAD_GRAYSCALE)
    if way == "blurred":
        grey = cv2.GaussianBlur(grey, (5, 5), 0)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    scale = REDUCTION if way == "reduced" else 1
    return [scale * number for number in cv2.boundingRect(max(outlines, key=cv2.contourArea))]


def main(way, out, *photos):
    cv2.setNumThreads(1)
    with open(out, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["file", "x", "y", "w", "h"])
        for photo in photos:
            rows.writerow([os.path.basename(photo), *(box_in(photo, way) or [""] * 4)])


main(*sys.argv[1:])
