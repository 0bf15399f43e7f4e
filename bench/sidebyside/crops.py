"""Finding the insect side by side: the programs that draw boxes, and how good boxes are beside hand-drawn ones."""

import csv
import json
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

import cases
from figures import Target
from process import Failed, emptied, measure
from programs import java, say

ENOUGH = 0.5  # the IoU from which a box counts as right


@dataclass(frozen=True)
class Finder:
    """One row of the table. `command` makes the command line from a folder of photographs and the box file to write.

    A finder that is `warm` writes no boxes; it measures itself once its compiler is warm, and prints what it measured as JSON. One that is `large`
    is for full-size photographs alone."""

    key: str
    label: str
    command: object
    warm: bool = False
    large: bool = False


@dataclass(frozen=True)
class Found:
    """A run: pictures per second, of the process or as it measured itself, and the largest resident size."""

    rate: float
    peak_mb: float


@dataclass(frozen=True)
class Accuracy:
    """IoU and recall over photographs with a hand-drawn box, where no box counts as IoU 0; the shares of the empty ones, and of the others, without a box."""

    iou: float
    recall: float
    missed: float
    empty_without: float


def finders():
    """Those that are there, and a sentence for each that is not."""
    found = [
        Finder("instar", "instar crop --threads 1", lambda folder, out: [cases.INSTAR, "crop", folder, "-o", out, "--threads", 1]),
        Finder("warm", "its detector alone, in a warm JVM", lambda folder, out: java("DetectRun", folder), warm=True),
    ]
    if not cases.imports(cases.python(), "cv2"):
        return found, ["OpenCV-Python: left out, needs the Debian package python3-opencv"]
    return [*found, *(Finder(way, label, opencv(way), large=way == "reduced") for way, label in WAYS.items())], []


WAYS = {
    "plain": "OpenCV-Python, Otsu, largest outline",
    "blurred": "the same, blurred before",
    "reduced": "the same, decoded at 1/8",
}


def opencv(way):
    return lambda folder, out: [cases.python(), cases.PEERS / "opencv_crop.py", way, out, *photographs(folder)]


def photographs(folder):
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg"))


def run(finder, folder, core, work):
    """Looks at all photographs of `folder`; gives back what was measured, and the box file."""
    boxes = emptied(work / "boxes") / "boxes.csv"
    log = work / "log"
    count = len(photographs(folder))
    measured = measure(finder.command(folder, boxes), [core], log, count)
    if not finder.warm:
        return Found(measured.rate, measured.peak_mb), boxes
    lines = [line for line in Path(log).read_text(errors="replace").splitlines() if line.startswith("{")]
    if not lines:
        raise Failed(f"{finder.label} printed no figures")
    said = json.loads(lines[-1])
    return Found(said["pictures"] / said["seconds"], measured.peak_mb), None


def rounds(chosen, folder, core, work, count):
    """A B C ... A B C ...: for each round, what each finder measured, by key; and the accuracy needs each finder's boxes, by key."""
    done, boxes = [], {}
    for number in range(1, count + 1):
        say(f"round {number} of {count}")
        done.append({})
        for finder in chosen:
            done[-1][finder.key], written = run(finder, folder, core, work)
            if written:
                boxes[finder.key] = best_boxes(written)
            say(f"  {finder.label}: {done[-1][finder.key].rate:.1f} images/s")
    return done, boxes


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def box_of(row):
    """Left, top, right and bottom; None where the row has no numbers."""
    if not row["x"]:
        return None
    x, y, width, height = (float(row[key]) for key in "xywh")
    return x, y, x + width, y + height


def best_boxes(path):
    """The box of each photograph by name, the one with the highest score where there are several."""
    best = {}
    for row in rows(path):
        score = float(row.get("score") or 1)
        if row["file"] not in best or score > best[row["file"]][0]:
            best[row["file"]] = (score, box_of(row))
    return {name: box for name, (_, box) in best.items()}


def overlap(a, b):
    """Intersection over union."""
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - width * height
    return width * height / union if union > 0 else 0.0


def accuracy(boxes, labels):
    """Of `boxes` by name, beside the rows of a table of hand-drawn ones; a photograph that is not in `boxes` has none."""
    drawn = [(box_of(row), boxes.get(row["file"])) for row in labels if box_of(row)]
    empty, others = [], []
    for row in labels:
        (empty if row["quality"] == "empty" and not box_of(row) else others).append(boxes.get(row["file"]))
    overlaps = [overlap(truth, found) if found else 0.0 for truth, found in drawn]
    return Accuracy(
        statistics.fmean(overlaps),
        statistics.fmean(value >= ENOUGH for value in overlaps),
        statistics.fmean(found is None for found in others),
        statistics.fmean(found is None for found in empty),
    )


def rate(done, key):
    return statistics.median(each[key].rate for each in done)


def targets(accuracies):
    ours = accuracies["instar"]
    return [
        Target("mean IoU of the best box, a miss counting 0", ours.iou, 0.60, form=".3f"),
        Target("recall at IoU 0.5", ours.recall, 0.65, form=".3f"),
        Target("empty photographs without a box", ours.empty_without, 0.90, form=".3f"),
        Target("other photographs without a box", ours.missed, 0.08, at_least=False, form=".3f"),
    ]


def table(chosen, small, large, accuracies):
    """`large` may have no rounds."""
    chosen = [finder for finder in chosen if any(finder.key in done[0] for done in (small, large) if done)]
    lines = [
        "| One core | mean IoU | recall at 0.5 | empty without box | missed | images/s | full-size images/s | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for finder in chosen:
        of = accuracies.get(finder.key)
        good = [f"{of.iou:.3f}", f"{of.recall:.3f}", f"{of.empty_without:.1%}", f"{of.missed:.1%}"] if of else [""] * 4
        speeds = [f"{rate(done, finder.key):.1f}" if done and finder.key in done[0] else "" for done in (small, large)]
        peak = max(each[finder.key].peak_mb for each in [*small, *large] if finder.key in each)
        lines.append(f"| {' | '.join([finder.label, *good, *speeds, f'{peak:.0f}'])} |")
    return "\n".join(lines)


def as_json(done):
    return [{key: asdict(found) for key, found in each.items()} for each in done]
