"""One process, run to its end and measured by the operating system."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A program did not do its work; the message has its last words."""


@dataclass(frozen=True)
class Run:
    """What one process took, its children included; `peak_mb` is that of the largest of them."""

    pictures: int
    wall: float
    user: float
    system: float
    peak_mb: float

    @property
    def cpu(self):
        return self.user + self.system

    @property
    def rate(self):
        return self.pictures / self.wall

    @property
    def cpu_rate(self):
        return self.pictures / self.cpu


def measure(command, cores, log, pictures=1, environment=None):
    """Runs `command` on the processors `cores`; what it prints goes to the file `log`."""
    pinned = ["taskset", "-c", ",".join(map(str, cores)), *map(str, command)]
    with open(log, "wb") as out:
        begin = time.perf_counter()
        child = subprocess.Popen(
            pinned, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, **(environment or {})}
        )
        # wait4 counts the children that the child has waited for, such as each `convert` of a loop.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        words = Path(log).read_text(errors="replace").strip().splitlines()
        raise Failed(f"{command[0]} ended with status {child.returncode}\n" + "\n".join(words[-12:]))
    return Run(pictures, wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024)


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
