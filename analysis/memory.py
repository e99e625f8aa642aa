"""Memory given back to the machine after work that needed much of it for a moment."""

import ctypes
import ctypes.util

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
