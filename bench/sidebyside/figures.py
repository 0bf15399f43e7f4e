"""From runs to figures: medians, ratios within rounds, and the targets that they are held against."""

import statistics
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """A row of the table of rates; `times` is how many times as fast Instar's one thread is."""

    key: str
    label: str
    rate: float
    slowest: float
    fastest: float
    cpu_rate: float
    peak_mb: float
    times: float
    cpu_times: float


@dataclass(frozen=True)
class Target:
    """A figure of docs or issues to reach: at least `bound`, or at most."""

    label: str
    value: float
    bound: float
    at_least: bool = True
    form: str = ".2f"

    @property
    def reached(self):
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def row(case, rounds):
    """`rounds` are dictionaries from a case's key to its run."""
    runs = [each[case.key] for each in rounds]
    return Row(
        case.key,
        case.label,
        statistics.median(run.rate for run in runs),
        min(run.rate for run in runs),
        max(run.rate for run in runs),
        statistics.median(run.cpu_rate for run in runs),
        max(run.peak_mb for run in runs),
        ratio(rounds, "instar", case.key),
        statistics.median(each["instar"].cpu_rate / each[case.key].cpu_rate for each in rounds),
    )


def ratio(rounds, key, other):
    """How many times as fast `key` is as `other`, by wall time: the median over rounds."""
    return statistics.median(each[key].rate / each[other].rate for each in rounds)


def marginal_rate(rounds):
    """Pictures per second once Instar runs: without start-up and warm-up, from runs of two lengths."""
    pairs = [(each["instar"], each["instar-quarter"]) for each in rounds]
    return statistics.median((long.pictures - short.pictures) / (long.wall - short.wall) for long, short in pairs)


def interference(rounds):
    """By how much wall time exceeds processor time in runs on one core that hardly wait for a disk."""
    runs = [each[key] for each in rounds for key in ("instar-opencv", "turbo", "cv2") if key in each]
    return statistics.median(run.wall / run.cpu for run in runs) - 1


def of_runs(rounds, start_up):
    """The targets that whole processes decide."""
    there = rounds[0].keys()
    wanted = [
        ("instar convert over libjpeg-turbo's 1/4-scale decode alone", "instar", "turbo", 0.85),
        ("instar convert over libvips thumbnail", "instar", "vips", 1.6),
        ("instar convert over ImageMagick, a process a file", "instar", "imagemagick", 15),
        ("a box of 40% of each side over none", "instar-box", "instar", 1.3),
        ("two threads over one", "instar-2", "instar", 1.85),
        ("the OpenCV fallback over the C++ core", "instar-opencv", "instar", 0.55),
    ]
    targets = [Target(label, ratio(rounds, a, b), bound) for label, a, b, bound in wanted if a in there and b in there]
    return [*targets, Target("start-up of instar --help, s", start_up, 1, at_least=False)]


def of_jmh(medians):
    """The targets that JMH decides, from medians by name."""
    conversion, resize, pack = "ConversionBenchmark.", "ResizeBenchmark.", "PackBenchmark."
    return [
        Target(
            "convert over OpenCV 1/4 + INTER_AREA + encode in one JVM (JMH)",
            medians[conversion + "convert"] / medians[conversion + "convertThroughOpenCv"],
            1.3,
        ),
        Target(
            "area 2880x2160 to 341x256 over INTER_AREA (JMH)",
            medians[resize + "areaInOpenCv"] / medians[resize + "area"],
            8,
        ),
        Target("random reads of 8 KB from a pack, copied, /s a thread (JMH)", medians[pack + "copy"], 300_000, form=",.0f"),
    ]


def of_quality(rows):
    return [
        Target("PSNR lost against full decode + exact area, dB, mean", mean(rows, "loss"), 0.15, at_least=False, form=".3f"),
        Target("the same, worst photograph", max(row["loss"] for row in rows), 0.15, at_least=False, form=".3f"),
        Target("SSIM against ImageMagick's pixels, luma, mean", mean(rows, "ssim"), 0.995, form=".4f"),
    ]


def mean(rows, key):
    return statistics.fmean(row[key] for row in rows)


def as_json(targets):
    return [{**asdict(target), "reached": target.reached} for target in targets]
