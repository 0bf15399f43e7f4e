"""What runs side by side: Instar's ways and other tools, each with the command that does the work."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
INSTAR = BENCH.parent / "instar"
PEERS = BENCH / "peers"


@dataclass(frozen=True)
class Case:
    """One row of the table.

    `share` is the part of all pictures that a run takes: slow tools get fewer. `command` makes the command line from (photographs, count,
    output folder). `stores` says whether it leaves a file for each picture in the output folder."""

    key: str
    label: str
    command: object
    share: float = 1.0
    cores: int = 1
    stores: bool = True
    environment: dict = field(default_factory=dict)

    def count(self, pictures):
        return max(1, round(self.share * pictures))


def convert(threads=1, boxes=False):
    def command(photographs, count, out):
        main = [INSTAR, "convert", photographs.folder(count), "-o", out / "pack.h5", "--threads", threads]
        form = ["--quality", 75, "--subsampling", 420]
        crop = ["--crop", photographs.boxes(count), "--crop-ratio", 1]
        return main + form + (crop if boxes else [])

    return command


def peer(*program):
    return lambda photographs, count, out: [*program, out, *photographs.files(count)]


def own():
    return [
        Case("instar", "instar convert --threads 1", convert(), stores=False),
        Case("instar-quarter", "the same, a quarter of the pictures", convert(), share=0.25, stores=False),
        Case("instar-2", "instar convert --threads 2, two cores", convert(threads=2), cores=2, stores=False),
        Case("instar-box", "instar convert --crop, 40% of each side", convert(boxes=True), stores=False),
        Case(
            "instar-opencv",
            "instar convert, INSTAR_CODEC=opencv",
            convert(),
            stores=False,
            environment={"INSTAR_CODEC": "opencv"},
        ),
    ]


def others(work):
    """The peers that are installed, and a sentence for each that is not."""
    found, missing = [], []

    def add(there, packages, *cases):
        if there:
            found.extend(cases)
        else:
            names = " and ".join(case.label for case in cases)
            missing.append(f"{names}: left out, needs the Debian packages {packages}")

    decoder = turbo_decoder(work)
    add(
        decoder,
        "gcc libjpeg62-turbo-dev",
        Case(
            "turbo",
            "libjpeg-turbo, 1/4-scale decode alone",
            lambda photographs, count, out: [decoder, *photographs.files(count)],
            stores=False,
        ),
    )
    add(
        shutil.which("vipsthumbnail"),
        "libvips-tools",
        Case("vips", "libvips thumbnail", peer(PEERS / "vips_resize.sh")),
    )
    add(
        imports(python(), "cv2"),
        "python3-opencv",
        Case("cv2-reduced", "OpenCV-Python, 1/4 + INTER_AREA", peer(python(), PEERS / "opencv_resize.py", "--reduced")),
        Case("cv2", "OpenCV-Python, full + INTER_AREA", peer(python(), PEERS / "opencv_resize.py"), share=0.25),
    )
    add(
        imports(python(), "PIL"),
        "python3-pil",
        Case("pillow-draft", "Pillow, draft", peer(python(), PEERS / "pillow_resize.py", "--draft")),
        Case("pillow", "Pillow, full", peer(python(), PEERS / "pillow_resize.py"), share=0.25),
    )
    add(
        imagemagick(),
        "imagemagick",
        Case("imagemagick", "ImageMagick, convert -resize x256 a file", peer(PEERS / "imagemagick_resize.sh"), share=1 / 16),
    )
    return found, missing


def turbo_decoder(work):
    """peers/turbo_decode.c, compiled; None where the compiler or the library is missing."""
    program = work / "turbo_decode"
    command = ["cc", "-O2", PEERS / "turbo_decode.c", "-ljpeg", "-o", program]
    return program if shutil.which("cc") and succeeds(command) else None


def imagemagick():
    """ImageMagick's program, as peers/imagemagick_resize.sh finds it; None where there is none."""
    for program in ("/usr/bin/convert", shutil.which("convert")):
        if program and Path(program).exists() and succeeds([program, "-version"], "ImageMagick"):
            return program
    return None


def python():
    """The Python that Debian's packages are for, where it is there."""
    return "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable


def imports(interpreter, *modules):
    return succeeds([interpreter, "-c", "import " + ", ".join(modules)])


def succeeds(command, saying=""):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode == 0 and saying in done.stdout
