"""Training side by side on real photographs: the same folds, pictures and recipe in Instar and in Debian's PyTorch."""

import json
import os
import statistics
import subprocess
import time
from pathlib import Path

import cases
from process import Failed
from programs import say

SIDES = ("torch", "instar")
FOLDS = [f"fold_{k}" for k in range(1, 6)]
MEASURES = ("top1", "macro")


class Pictures:
    """The photographs as squares of 144 pixels, as files and as a pack, and their folds."""

    def __init__(self, photographs, work):
        self.folds, self.pack, self.files = work / "folds.tsv", work / "wells.h5", work / "pictures"
        called(work / "log", cases.python(), cases.PEERS / "wells_folds.py", photographs, work)
        form = ["--size", 144, "--quality", 95, "--subsampling", 444]
        crop = ["--crop", work / "boxes.csv", "--crop-ratio", 1]
        called(work / "log", cases.INSTAR, "convert", photographs, "-o", self.pack, *form, *crop)
        called(work / "log", cases.INSTAR, "extract", self.pack, "-o", self.files)


def called(log, *command, environment=None):
    """Runs a program and gives back its standard output; what it says beside that goes to the file `log`."""
    with open(log, "ab") as errors:
        done = subprocess.run(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, check=False, env=environment
        )
    if done.returncode != 0:
        words = Path(log).read_text(errors="replace").strip().splitlines()
        raise Failed(f"{command[0]} ended with status {done.returncode}\n" + "\n".join(words[-12:]))
    return done.stdout.decode()


def fold_result(side, pictures, fold, seed, threads, work):
    """What one training gave; a result that is in `work` already is taken from there."""
    kept = work / f"{side}-{fold}-{seed}.json"
    if not kept.exists():
        say(f"{side}, {fold}, seed {seed}")
        result = {"torch": of_torch, "instar": of_instar}[side](pictures, fold, seed, threads, work)
        kept.write_text(json.dumps(result) + "\n")
    return json.loads(kept.read_text())


def of_torch(pictures, fold, seed, threads, work):
    command = [cases.python(), cases.PEERS / "wells_torch.py", pictures.files, pictures.folds, fold, seed]
    return json.loads(called(work / "log", *command, environment={**os.environ, "OMP_NUM_THREADS": str(threads)}))


def of_instar(pictures, fold, seed, threads, work):
    run = work / f"run-{fold}-{seed}"
    data = ["--pack", pictures.pack, "--metadata", pictures.folds, "--split-column", fold, "--target", "quality"]
    how = ["--model", "resnet18", "--recipe", cases.PEERS / "wells.yaml", "--seed", seed, "--torch-threads", threads]
    begin = time.perf_counter()
    called(work / "log", cases.INSTAR, "train", *data, *how, "-o", run)
    seconds = time.perf_counter() - begin
    said = json.loads(called(work / "log", cases.INSTAR, "evaluate", run, "--split", "test", "--bootstrap", 0, "--no-average-k", "--json"))
    best = {
        "top1": said["top"]["1"]["accuracy"],
        "macro": said["macro_top"]["1"],
        "classes": {of["name"]: of["accuracy"] for of in said["classes"]},
    }
    return {"fold": fold, "seconds": seconds, "best": best}


def summary(results):
    """By measure: mean and standard deviation of each side, of the differences fold by fold, and whether they agree."""
    found = {}
    for measure in MEASURES:
        values = {side: [result["best"][measure] for result in results[side]] for side in SIDES}
        differences = [ours - theirs for ours, theirs in zip(values["instar"], values["torch"])]
        spread = max(statistics.stdev(values[side]) for side in SIDES)
        found[measure] = {
            **{side: {"mean": statistics.fmean(values[side]), "deviation": statistics.stdev(values[side])} for side in SIDES},
            "difference": {"mean": statistics.fmean(differences), "deviation": statistics.stdev(differences)},
            "agree": abs(statistics.fmean(differences)) <= spread,
        }
    return found


def table(results):
    lines = ["| Fold | side | top-1 | macro top-1 | by class | minutes |", "|---|---|--:|--:|---|--:|"]
    for side, folds in results.items():
        for result in folds:
            best = result["best"]
            each = ", ".join(f"{name} {accuracy:.2f}" for name, accuracy in best["classes"].items())
            minutes = result["seconds"] / 60
            lines.append(f"| {result['fold']} | {side} | {best['top1']:.3f} | {best['macro']:.3f} | {each} | {minutes:.1f} |")
    return "\n".join(lines)


def verdict(summary):
    lines = ["| Accuracy, mean and deviation over folds | torch | instar | difference, fold by fold | within the spread |", "|---|--:|--:|--:|---|"]
    for measure, figures in summary.items():
        cells = [f"{figures[key]['mean']:.3f} ± {figures[key]['deviation']:.3f}" for key in (*SIDES, "difference")]
        lines.append(f"| {measure} | {' | '.join(cells)} | {'yes' if figures['agree'] else 'no'} |")
    return "\n".join(lines)
