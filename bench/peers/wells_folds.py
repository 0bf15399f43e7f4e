"""Five stratified folds of labelled photographs: OUT/folds.tsv for training, and OUT/boxes.csv, the square around each photograph.

Usage: wells_folds.py PHOTOS OUT [SEED]

PHOTOS holds labels.csv with the columns file, quality, width and height. Photographs without a label are left out. The column `fold_k` says
`test` for the k-th fifth of every class, `validation` for an eighth of what remains and `train` for the rest: 70, 10 and 20 percent. The
squares are what `instar convert --crop OUT/boxes.csv --crop-ratio 1` cuts out, so that no insect at the margin is lost.
"""

import csv
import random
import sys
from pathlib import Path

FOLDS = 5
UNKNOWN = "unlabelled"


def parts(count, dice):
    """What each of `count` photographs of a class, in a random order, is in each fold."""
    order = list(range(count))
    dice.shuffle(order)
    part = {}
    for place, photograph in enumerate(order):
        part[photograph] = [part_of(place, count, k) for k in range(FOLDS)]
    return [part[photograph] for photograph in range(count)]


def part_of(place, count, k):
    """Test is every fifth photograph, beginning at the k-th; validation every eighth of the others."""
    if place % FOLDS == k:
        return "test"
    others = [other for other in range(count) if other % FOLDS != k]
    return "validation" if others.index(place) % 8 == k else "train"


def square(row):
    """The smallest square around a photograph, with the same centre; it reaches outside."""
    width, height = int(row["width"]), int(row["height"])
    side = max(width, height)
    return [row["file"], (width - side) // 2, (height - side) // 2, side, side]


def write(path, delimiter, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


def main(photos, out, seed="1"):
    with open(Path(photos, "labels.csv"), newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file"])
    labelled = [row for row in rows if row["quality"] != UNKNOWN]
    dice = random.Random(int(seed))
    split = {}
    for quality in sorted({row["quality"] for row in labelled}):
        files = [row["file"] for row in labelled if row["quality"] == quality]
        split.update(zip(files, parts(len(files), dice)))
    Path(out).mkdir(parents=True, exist_ok=True)
    header = ["image_file", "quality", *(f"fold_{k}" for k in range(1, FOLDS + 1))]
    write(Path(out, "folds.tsv"), "\t", [header, *([row["file"], row["quality"], *split[row["file"]]] for row in labelled)])
    write(Path(out, "boxes.csv"), ",", [["file", "x", "y", "w", "h"], *map(square, rows)])


main(*sys.argv[1:])
