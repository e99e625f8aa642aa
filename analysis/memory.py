"""Memory given back to the machine after work that needed much of it for a moment."""

import ctypes
import ctypes.util
import gc
from pathlib import Path

import pyarrow as pa

_THRESHOLD, _ARENAS = -3, -8
"""Numbers of glibc's mallopt: from which size on a block is given back as soon as it is freed; how many pools."""


def keep_little() -> None:
    """From now on give large freed blocks back at once, and let threads share two pools (glibc; else nothing).

    A server reruns its pages in ever new threads; with a pool each, memory that all have freed is kept many times.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    library = ctypes.util.find_library("c")
    options = getattr(ctypes.CDLL(library), "mallopt", None) if library else None
    if options:
        options(_THRESHOLD, 2**20)
        options(_ARENAS, 2)


def give_back() -> None:
    """Hand freed memory back, where the C library keeps it for later (glibc does; elsewhere this does nothing)."""
    pa.default_memory_pool().release_unused()
    library = ctypes.util.find_library("c")
    trim = getattr(ctypes.CDLL(library), "malloc_trim", None) if library else None
    if trim:
        trim(0)


def set_aside() -> None:
    """Look for garbage now, and from now on no more among what is left, which is here to stay.

    Streamlit looks through everything after every rerun, before what the rerun made goes out: a tenth of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def is_set_aside() -> bool:
    """Whether anything was set aside; what is mapped adds little to it, and looking for garbage takes a moment."""
    return gc.get_freeze_count() > 0


MAPPED_MB = 300
"""Megabytes of mapped files that may stay in memory before their pages are let go."""
_UNNEEDED = 4
"""Number of madvise's MADV_DONTNEED on Linux."""


def let_go(folder: Path, most: int = MAPPED_MB) -> int:
    """Drop the pages of files in `folder` that are mapped for reading, where files hold more than `most` megabytes.

    The kernel would do so only when memory runs short; what is read again comes from its file cache. Returns how many
    mappings were dropped: 0 where there is less, and on systems that do not tell (all but Linux).
    """
    status, maps = Path("/proc/self/status"), Path("/proc/self/maps")
    if not status.exists() or _in_files(status) < most:
        return 0
    inside = f"{folder.resolve()}/"
    ranges = [line.split() for line in maps.read_text().splitlines() if inside in line]
    read_only = [parts[0].split("-") for parts in ranges if parts[1].startswith("r-")]
    system = ctypes.CDLL(None)
    for start, end in ((int(start, 16), int(end, 16)) for start, end in read_only):
        system.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _UNNEEDED)
    return len(read_only)


def _in_files(status: Path) -> float:
    """Megabytes of mapped files in memory."""
    told = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(told["RssFile"].split()[0]) / 1024
