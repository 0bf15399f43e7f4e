"""Folders with as many pictures as a run wants: links to a few photographs, round and round."""

import os
import struct


class Photographs:
    def __init__(self, folder, work):
        self.originals = sorted(file for file in folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg"))
        if not self.originals:
            raise FileNotFoundError(f"no JPEG files in {folder}")
        self.work = work

    def folder(self, count):
        """A folder with `count` pictures."""
        folder = self.work / f"pictures-{count}"
        if not folder.exists():
            folder.mkdir()
            for i in range(count):
                original = self.originals[i % len(self.originals)]
                link = folder / f"{i:05d}-{original.name}"
                try:
                    os.link(original, link)
                except OSError:  # another file system
                    link.symlink_to(original.resolve())
        return folder

    def files(self, count):
        return sorted(self.folder(count).iterdir())

    def boxes(self, count):
        """A box file for `folder(count)`: the middle with 40% of each side."""
        path = self.work / f"boxes-{count}.csv"
        if not path.exists():
            sizes = {original.name: size_of(original) for original in self.originals}
            rows = ["file,x,y,w,h"]
            for file in self.files(count):
                width, height = sizes[file.name.split("-", 1)[1]]
                rows.append(f"{file.name},{width * 3 // 10},{height * 3 // 10},{width * 4 // 10},{height * 4 // 10}")
            path.write_text("\n".join(rows) + "\n")
        return path


def size_of(jpeg):
    """Width and height that a JPEG's frame header declares."""
    data = jpeg.read_bytes()
    at = 2
    while data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    raise ValueError(f"{jpeg} has no frame header where one is expected")
