"""Loading side by side: the same records in the forms that each tool reads, the programs that load them, and the targets."""

import shutil
import statistics

import cases
from figures import Target
from photographs import Photographs
from process import measure
from programs import Program, java

RECORDS = 1920  # an epoch of 60 batches, 16 MB


class Records:
    """Photographs brought to 256 pixels once, under many names: a pack, raw pixels, the published layout, and files."""

    def __init__(self, photographs, core, work):
        self.pack, self.raw, self.published = work / "jpeg.h5", work / "raw.h5", work / "published.hdf5"
        small = work / "small"
        self._instar(core, work, "convert", photographs, "-o", small, "--quality", 75, "--subsampling", 420)
        many = Photographs(small, work).folder(RECORDS)
        self.files = work / "classes"
        self.files.mkdir()
        (self.files / "insects").symlink_to(many)
        self._instar(core, work, "convert", many, "-o", self.pack, "--size", "keep")
        self._instar(core, work, "convert", self.pack, "-o", self.raw, "--size", "keep", "--encoding", "raw")
        self._instar(core, work, "convert", self.pack, "-o", self.published, "--size", "keep", "--layout", "bioscan")
        sizes = [file.stat().st_size for file in many.iterdir()]
        self.mean_bytes = statistics.fmean(sizes)

    def _instar(self, core, work, *arguments):
        measure([cases.INSTAR, *arguments], [core], work / "log")


def programs(records, samples, work):
    """What runs, and a sentence for each that cannot. Slow ones get fewer samples."""
    found = [
        Program("paper", "Instar, crop and flip", ours(records.pack, "paper"), samples),
        Program("paper-2", "the same, two threads on two cores", ours(records.pack, "paper", threads=2), 2 * samples, cores=2),
        Program("resized", "Instar, RandomResizedCrop, normalised", ours(records.pack, "resized"), samples),
        Program("raw", "Instar, crop and flip of raw records", ours(records.raw, "paper"), 2 * samples),
    ]
    missing = []
    decoder = compiled(work)
    if decoder:
        folder = records.files / "insects"
        found += [
            Program("partial", "libjpeg-turbo, the same crops alone", lambda n: [decoder, folder, n, 224], samples),
            Program("full", "libjpeg-turbo, whole records alone", lambda n: [decoder, folder, n, 0], samples),
        ]
    else:
        missing.append("libjpeg-turbo alone: left out, needs the Debian packages gcc and libjpeg62-turbo-dev")
    if cases.imports(cases.python(), "torch", "torchvision", "h5py"):
        few = max(320, samples // 5)
        found += [
            Program("reference", "the published system's DataLoader", theirs("reference", records.published), few),
            Program("reference-1", "the same, one worker process", theirs("reference", records.published, 1), few),
            Program("torchvision", "torchvision, ImageFolder", theirs("imagefolder", records.files), few),
            Program("torchvision-bytes", "torchvision, its own decoder and tensors", theirs("bytes", records.files), few),
            Program("torchvision-resized", "torchvision, RandomResizedCrop, normalised", theirs("resized", records.files), few),
        ]
    else:
        missing.append("PyTorch's loaders: left out, need the Debian packages python3-torch, python3-torchvision and python3-h5py")
    return found, missing


def ours(collection, recipe, threads=1):
    return lambda samples: java("LoadingRun", collection, recipe, threads, samples)


def theirs(kind, collection, workers=0):
    return lambda samples: [cases.python(), cases.PEERS / "loading_torch.py", kind, collection, samples, workers]


def compiled(work):
    """peers/partial_decode.c; None where the compiler or the library is missing."""
    program = work / "partial_decode"
    command = ["cc", "-O2", cases.PEERS / "partial_decode.c", "-ljpeg", "-o", program]
    return program if shutil.which("cc") and cases.succeeds(command) else None


def rate(measured):
    return measured.said["samples"] / measured.said["seconds"]


def whole_rate(measured):
    """With start-up and warm-up."""
    return (measured.said["samples"] + measured.said["warm_up"]) / measured.wall


def ratio(rounds, key, other):
    return statistics.median(rate(each[key]) / rate(each[other]) for each in rounds)


def targets(rounds):
    there = rounds[0].keys()
    wanted = [
        ("crop and flip over libjpeg-turbo's decode of the same crops", "paper", "partial", 0.85),
        ("crop and flip over the published system's DataLoader", "paper", "reference", 7),
        ("crop and flip over torchvision's ImageFolder", "paper", "torchvision", 5),
        ("crop and flip over torchvision's own decoder", "paper", "torchvision-bytes", 5),
        ("RandomResizedCrop, normalised, over plain decoding of whole records", "resized", "full", round(2800 / 3400, 3)),
        ("raw records over JPEG", "raw", "paper", 2.2),
        ("two threads over one", "paper-2", "paper", 1.85),
    ]
    return [Target(label, ratio(rounds, a, b), bound) for label, a, b, bound in wanted if a in there and b in there]


def table(programs, rounds):
    lines = [
        "| One core | samples/s | min..max | whole process, samples/s | peak MB | crop and flip is x times as fast |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for program in programs:
        runs = [each[program.key] for each in rounds]
        rates = [rate(run) for run in runs]
        lines.append(
            f"| {program.label} | {statistics.median(rates):,.0f} | {min(rates):,.0f}..{max(rates):,.0f}"
            f" | {statistics.median(map(whole_rate, runs)):,.0f} | {max(run.peak_mb for run in runs):.0f}"
            f" | {ratio(rounds, 'paper', program.key):.2f} |"
        )
    return "\n".join(lines)
