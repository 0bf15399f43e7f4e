"""Programs that measure themselves after a warm-up and print what they found as a line of JSON; and how such runs are repeated."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cases
import cores
from process import Failed, measure


@dataclass(frozen=True)
class Program:
    """One row of a table. `command` makes the command line from the amount of work wanted: samples, or steps."""

    key: str
    label: str
    command: object
    amount: int
    cores: int = 1


@dataclass(frozen=True)
class Measured:
    """What a program printed, and what the operating system says of the whole process."""

    said: dict
    wall: float
    cpu: float
    peak_mb: float


def say(text):
    print(text, file=sys.stderr, flush=True)


def versions():
    """What `instar --version` says; builds what is missing."""
    return subprocess.run([cases.INSTAR, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[:2]


def build():
    """Builds the benchmarks where something is missing, so that no measured run does."""
    subprocess.run([cases.BENCH / "jmh", "-l"], check=True, stdout=subprocess.DEVNULL)


def java(main, *arguments):
    """A main class of the benchmarks."""
    return [cases.BENCH / "java", f"dev.instar.bench.{main}", *arguments]


def run(program, pair, log, environment=None):
    used = measure(program.command(program.amount), [core for core in pair if core is not None][: program.cores], log, environment=environment)
    lines = [line for line in Path(log).read_text(errors="replace").splitlines() if line.startswith("{")]
    if not lines:
        raise Failed(f"{program.label} printed no figures")
    return Measured(json.loads(lines[-1]), used.wall, used.cpu, used.peak_mb)


def rounds(programs, pair, log, count, describe, environment=None):
    """A B C ... A B C ...: for each round, what each program measured, by key."""
    done = []
    for number in range(1, count + 1):
        say(f"round {number} of {count}")
        done.append({})
        for program in programs:
            measured = done[-1][program.key] = run(program, pair, log, environment)
            say(f"  {program.label}: {describe(measured)}")
    return done


def heading(pair):
    """What every result begins with: when, where, and what was measured."""
    machine = cores.describe()
    if machine["load_at_start"] > 0.5:
        say(f"the machine is busy (load {machine['load_at_start']:.1f}): times will be too long")
    return {"date": time.strftime("%Y-%m-%d"), "machine": machine, "versions": versions(), "cores": list(pair)}


def title(result):
    machine = result["machine"]
    return f"{', '.join(result['versions'])}; {machine['processor']}, {machine['system']}; {result['date']}."


def write(path, result):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n")
