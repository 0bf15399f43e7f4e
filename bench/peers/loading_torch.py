"""PyTorch and torchvision: loads samples in batches of 32 and drops them; what was measured after the warm-up, as JSON.

Usage: loading_torch.py reference|imagefolder|bytes|resized COLLECTION SAMPLES [WORKERS]

reference    as the published system (bioscan_dataloader.py:44-54, 98-117): the HDF5 file is opened for each record, which is never closed, its
             bytes go through Pillow, then Resize(256), RandomCrop(224), RandomHorizontalFlip and ToTensor; COLLECTION is that file
imagefolder  the same transforms of torchvision's ImageFolder; COLLECTION is a folder of classes
bytes        torchvision's own decoder, of files in memory, and its transforms of tensors; COLLECTION is a folder of classes
resized      imagefolder with RandomResizedCrop(224), RandomHorizontalFlip and the normalisation of ImageNet

The reference takes a record's name from the list of all keys, whose cost grows with the collection; here names are known, which favours it.
WORKERS are processes of the DataLoader, none by default.
"""

import io
import json
import sys
import time

import h5py
import numpy
import torch
import torchvision
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, io as pictures, transforms

BATCH, WARM_UP = 32, 3
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PAPER = [transforms.Resize(256), transforms.RandomCrop(224), transforms.RandomHorizontalFlip()]
RESIZED = [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip()]


class Reference(Dataset):
    def __init__(self, path):
        self.path = path
        with h5py.File(path, "r") as file:
            self.names = list(file["bioscan_dataset"].keys())
        self.transform = transforms.Compose([*PAPER, transforms.ToTensor()])

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        file = h5py.File(self.path, "r")["bioscan_dataset"]
        data = numpy.asarray(file[self.names[index]])
        return self.transform(Image.open(io.BytesIO(data))), 0


class InMemory(Dataset):
    def __init__(self, folder):
        self.files = [pictures.read_file(path) for path, _ in datasets.ImageFolder(folder).samples]
        self.transform = transforms.Compose([*PAPER, transforms.ConvertImageDtype(torch.float32)])

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.transform(pictures.decode_jpeg(self.files[index], pictures.ImageReadMode.RGB)), 0


def dataset(kind, collection):
    if kind == "reference":
        return Reference(collection)
    if kind == "bytes":
        return InMemory(collection)
    steps = {
        "imagefolder": [*PAPER, transforms.ToTensor()],
        "resized": [*RESIZED, transforms.ToTensor(), transforms.Normalize(MEAN, STD)],
    }
    return datasets.ImageFolder(collection, transforms.Compose(steps[kind]))


def endless(loader):
    while True:
        yield from loader


def main(kind, collection, samples, workers="0"):
    torch.set_num_threads(1)
    records = dataset(kind, collection)
    workers = int(workers)
    loader = DataLoader(records, BATCH, shuffle=True, drop_last=True, num_workers=workers, persistent_workers=workers > 0)
    batches = endless(loader)
    for _ in range(WARM_UP):
        next(batches)
    wanted = -(-int(samples) // BATCH)
    begin = time.perf_counter()
    for _ in range(wanted):
        images, _ = next(batches)
        if images.shape != (BATCH, 3, 224, 224):
            sys.exit(f"a batch of {tuple(images.shape)}")
    seconds = time.perf_counter() - begin
    versions = f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, h5py {h5py.__version__}"
    json.dump({"samples": wanted * BATCH, "seconds": seconds, "warm_up": WARM_UP * BATCH, "versions": versions}, sys.stdout)


main(*sys.argv[1:])
