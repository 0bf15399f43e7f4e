"""Writes checkpoints as training programs do, into the folder given."""

import argparse
import collections
import os
import pathlib
import pickle
import sys
import zipfile

import numpy
import torch

folder = sys.argv[1]
torch.manual_seed(1)
model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))
model = model.to(memory_format=torch.channels_last)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
model(torch.ones(2, 3, 8, 8)).mean().backward()
optimizer.step()
schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [20, 25])

defaults = collections.defaultdict(list)
defaults["train"] += [0.5, 0.25]
content = {
    "state_dict": model.state_dict(),
    "optimizer": optimizer.state_dict(),
    "scheduler": schedule.state_dict(),
    "ema": {"decay": 0.99, "shadow": [p.detach().clone() for p in model.parameters()]},
    "best_acc": numpy.float64(0.75),
    "best_loss": numpy.float32(0.5),
    "best_step": numpy.int64(12),
    "finite": numpy.bool_(True),
    "random": numpy.random.RandomState(1).get_state(),
    "torch_random": torch.get_rng_state(),
    "raw": b"\x00\xffbytes",
    "names": {"a", "b"},
    "history": defaults,
    "big": 1 << 70,
    "negative": -70000,
    "args": argparse.Namespace(
        model="resnet18",
        device=torch.device("cuda", 0),
        size=torch.Size([2, 3]),
        dtype=torch.float32,
        path=pathlib.PosixPath("/data/x"),
        none=None,
    ),
}


def path(name):
    return os.path.join(folder, name)


for protocol in range(2, 6):
    torch.save(content, path("protocol%d.pt" % protocol), pickle_protocol=protocol)
torch.save(content, path("legacy.pt"), _use_new_zipfile_serialization=False)
weight = content["state_dict"]["0.weight"]
with open(path("0.weight.bin"), "wb") as out:
    out.write(weight.contiguous().numpy().tobytes())


def repack(name, method):
    with zipfile.ZipFile(path("protocol2.pt")) as old:
        with zipfile.ZipFile(path(name), "w", method) as new:
            for entry in old.namelist():
                new.writestr(entry, old.read(entry))


repack("deflated.pt", zipfile.ZIP_DEFLATED)
zipfile.ZIP64_LIMIT = 8  # so that sizes and offsets are written with 64 bits
repack("zip64.pt", zipfile.ZIP_STORED)
zipfile.ZIP64_LIMIT = (1 << 31) - 1

torch.save(torch.nn.Sequential(torch.nn.Linear(2, 2)), path("module.pt"))
torch.jit.script(torch.nn.Linear(2, 2)).save(path("script.pt"))
with open(path("plain.pkl"), "wb") as out:
    pickle.dump({"a": 1}, out, protocol=2)

torch.save({"zeros": torch.zeros(1 << 25)}, path("zeros.pt"))
with zipfile.ZipFile(path("zeros.pt")) as old:
    with zipfile.ZipFile(path("bomb.pt"), "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
os.remove(path("zeros.pt"))
