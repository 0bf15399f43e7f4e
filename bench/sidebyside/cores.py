"""The machine, and which of its processors to measure on."""

import os
import platform
from pathlib import Path


def pair(first=None):
    """The core for runs on one, and a second that shares none of its parts where there is such a one."""
    allowed = sorted(os.sched_getaffinity(0))
    first = allowed[-1] if first is None else first
    if first not in allowed:
        raise ValueError(f"core {first} is not among those of this process: {allowed}")
    others = [core for core in allowed if core != first]
    apart = [core for core in others if core not in siblings(first)]
    return first, next(iter(apart or others), None)


def siblings(core):
    """The processors that the same physical core shows, as far as the kernel tells."""
    try:
        text = Path(f"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list").read_text()
    except OSError:
        return set()
    found = set()
    for stretch in text.strip().split(","):
        low, _, high = stretch.partition("-")
        found.update(range(int(low), int(high or low) + 1))
    return found


def describe():
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": models[0].split(":", 1)[1].strip() if models else "unknown",
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "load_at_start": os.getloadavg()[0],
    }
