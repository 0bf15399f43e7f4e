"""Training steps side by side: the same networks, batches and optimizer in Instar and in Debian's PyTorch."""

import statistics

import cases
from figures import Target
from programs import Program, java

LAYOUTS = ("nchw", "channels-last")


def programs(models, batches, layouts, steps, threads):
    """For each network, batch and layout, Instar's and PyTorch's; a sentence for what is missing."""
    missing = []
    peer = cases.imports(cases.python(), "torch", "torchvision")
    if not peer:
        missing.append("PyTorch: left out, needs the Debian packages python3-torch and python3-torchvision")
    found = []
    for model in models:
        for batch in batches:
            for layout in layouts if convolutional(model) else layouts[:1]:
                label = f"{model}, {batch} samples" + (f", {layout}" if convolutional(model) else "")
                key = f"{model}-{batch}-{layout}"
                found.append(Program("instar-" + key, "Instar: " + label, ours(model, batch, layout, threads), steps, threads))
                if peer:
                    found.append(Program("torch-" + key, "PyTorch: " + label, theirs(model, batch, layout), steps, threads))
    return found, missing


def convolutional(model):
    """A transformer has no use for a memory layout of pictures."""
    return not model.startswith("vit")


def ours(model, batch, layout, threads):
    return lambda steps: java("StepRun", model, batch, steps, layout, threads)


def theirs(model, batch, layout):
    return lambda steps: [cases.python(), cases.PEERS / "step.py", model, batch, steps, layout]


def milliseconds(measured):
    return statistics.median(measured.said["milliseconds"])


def pairs(rounds):
    """The keys, without their first word, of what both sides measured."""
    return [key.removeprefix("instar-") for key in rounds[0] if key.startswith("instar-") and key.replace("instar-", "torch-", 1) in rounds[0]]


def ratio(rounds, key):
    """How many times as long PyTorch takes for a step."""
    return statistics.median(milliseconds(each["torch-" + key]) / milliseconds(each["instar-" + key]) for each in rounds)


def java_share(rounds, key):
    return statistics.median(each[key].said["java_share"] for each in rounds)


def check(rounds):
    """Both sides must have trained networks of the same size."""
    for key in pairs(rounds):
        sizes = {rounds[0][side + key].said["parameters"] for side in ("instar-", "torch-")}
        if len(sizes) > 1:
            raise ValueError(f"{key}: networks of {sizes} parameters are not the same work")


def targets(rounds):
    found = [Target(f"a step in PyTorch over one in Instar: {key}", ratio(rounds, key), 1) for key in pairs(rounds)]
    shares = [java_share(rounds, key) for key in rounds[0] if key.startswith("instar-")]
    return [*found, Target("the largest share of a step that is Java", max(shares), 0.03, at_least=False, form=".4f")]


def table(programs, rounds):
    lines = ["| Step | ms | min..max | samples of Java and native code | Java's share | peak MB |", "|---|--:|--:|--:|--:|--:|"]
    for program in programs:
        runs = [each[program.key] for each in rounds]
        times = [milliseconds(run) for run in runs]
        java = "| |"  # both columns stay empty
        if "java_share" in runs[0].said:
            seen = [sum(run.said[key] for run in runs) for key in ("samples_in_java", "samples_in_native")]
            java = f"| {seen[0]:,} and {seen[1]:,} | {java_share(rounds, program.key):.2%}"
        lines.append(
            f"| {program.label} | {statistics.median(times):,.1f} | {min(times):,.1f}..{max(times):,.1f}"
            f" {java} | {max(run.peak_mb for run in runs):,.0f} |"
        )
    return "\n".join(lines)
