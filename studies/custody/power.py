"""A file system that loses its power: an image that is shut down with all that was not synced."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Image", "image_of", "possible"]

MEGABYTES = 96
SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, include/uapi/linux/ext4.h
NO_LOG_FLUSH = (2).to_bytes(4, "little")
OPTIONS = "loop,data=writeback,commit=300,noatime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Trials on a file system of their own.

    Args:
        base: the image that each trial begins from.
        place: where it is mounted.
    """

    base: Path
    place: Path

    @property
    def image(self) -> Path:
        return self.base.with_suffix(".trial")

    def begin(self) -> None:
        """Mount a fresh copy."""
        subprocess.run(["cp", "--sparse=always", self.base, self.image], check=True)
        self.mount()

    def mount(self) -> None:
        """Mount the copy as it is now."""
        self.place.mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", OPTIONS, self.image, self.place], check=True)

    def cut(self) -> None:
        """Lose the power: from here on nothing is written, not even the journal in memory."""
        folder = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(folder, SHUTDOWN, NO_LOG_FLUSH)
        os.close(folder)

    def come_back(self) -> None:
        """Start again from what had reached the disk."""
        self.unmount()
        self.mount()

    def end(self) -> None:
        """Take the trial away."""
        self.unmount()
        self.image.unlink()

    def unmount(self) -> None:
        """Unmount, as soon as the process that was killed has let go."""
        for _ in range(100):
            if subprocess.run(["umount", self.place], check=False, capture_output=True).returncode:
                time.sleep(0.05)
            else:
                return
        raise OSError(f"{self.place} stays mounted")


def possible() -> bool:
    """Whether this machine lets us make and mount an image."""
    return os.geteuid() == 0 and all(map(shutil.which, ("mkfs.ext4", "mount", "umount")))


def image_of(folder: Path, place: Path) -> Image:
    """Make an image that holds a copy of a folder."""
    base = folder.with_suffix(".img")
    with base.open("wb") as file:
        file.truncate(MEGABYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-d", folder, base], check=True)
    return Image(base=base, place=place)
