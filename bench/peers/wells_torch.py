"""PyTorch and torchvision: trains ResNet-18 from scratch on one fold; accuracies on standard output, as JSON.

Usage: wells_torch.py PICTURES FOLDS.tsv FOLD [SEED]

PICTURES holds JPEG files of 144x144, FOLDS.tsv says class and part of each. The recipe is that of wells.yaml beside this file: windows of 128,
flips, SGD with Nesterov momentum, a linear warm-up and a cosine. Tested is what is there after the last epoch, and what was best on the
validation set. As many threads as OMP_NUM_THREADS says.
"""

import csv
import json
import math
import sys
import time
from pathlib import Path

import torch
from PIL import Image
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset
from torchvision import models, transforms

EPOCHS, BATCH, CROP = 15, 32, 128
RATE, MOMENTUM, DECAY, WARMUP = 0.02, 0.9, 5e-4, 2
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

TENSOR = [transforms.ToTensor(), transforms.Normalize(MEAN, STD)]
TRAIN = transforms.Compose(
    [transforms.RandomCrop(CROP), transforms.RandomHorizontalFlip(), transforms.RandomVerticalFlip(), *TENSOR]
)
TEST = transforms.Compose([transforms.CenterCrop(CROP), *TENSOR])


class Photographs(Dataset):
    def __init__(self, folder, rows, classes, transform):
        self.files = [Path(folder, row["image_file"]) for row in rows]
        self.labels = [classes.index(row["quality"]) for row in rows]
        self.transform = transform

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as picture:
            return self.transform(picture.convert("RGB")), self.labels[index]


def factor(step, steps):
    """Of the base rate: a line up from a hundredth, then half a cosine down to nothing."""
    warmup = WARMUP * steps
    if step < warmup:
        return 0.01 + 0.99 * step / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (EPOCHS * steps - warmup)))


def predicted(network, photographs):
    network.eval()
    with torch.no_grad():
        return [int(i) for images, _ in DataLoader(photographs, BATCH) for i in network(images).argmax(1)]


def accuracies(network, photographs, classes):
    """Of all photographs, of each class, and the mean over classes."""
    pairs = list(zip(photographs.labels, predicted(network, photographs)))
    hits = [[label == guess for label, guess in pairs if label == k] for k in range(len(classes))]
    each = {name: sum(hit) / len(hit) for name, hit in zip(classes, hits)}
    return {"top1": sum(map(sum, hits)) / len(pairs), "macro": sum(each.values()) / len(each), "classes": each}


def main(pictures, table, fold, seed=1):
    begin = time.perf_counter()
    torch.manual_seed(int(seed))
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    classes = sorted({row["quality"] for row in rows})
    parts = {
        part: Photographs(pictures, [row for row in rows if row[fold] == part], classes, transform)
        for part, transform in (("train", TRAIN), ("validation", TEST), ("test", TEST))
    }
    network = models.resnet18(num_classes=len(classes))
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM, nesterov=True, weight_decay=DECAY)
    loader = DataLoader(parts["train"], BATCH, shuffle=True)
    best, chosen = -1, None
    step = 0
    for epoch in range(EPOCHS):
        network.train()
        total = 0
        for images, labels in loader:
            for group in optimizer.param_groups:
                group["lr"] = RATE * factor(step, len(loader))
            loss = functional.cross_entropy(network(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            step += 1
        validation = accuracies(network, parts["validation"], classes)["top1"]
        if validation > best:
            best, chosen = validation, accuracies(network, parts["test"], classes)
        passed = time.perf_counter() - begin
        print(f"{fold} epoch {epoch + 1}: loss {total / len(loader.dataset):.3f}, validation {validation:.3f}, {passed:.0f} s", file=sys.stderr)
    result = {
        "fold": fold,
        "seconds": time.perf_counter() - begin,
        "last": accuracies(network, parts["test"], classes),
        "best": chosen,
    }
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
