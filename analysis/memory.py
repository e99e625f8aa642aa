"""Memory given back to the machine after work that needed much of it for a moment."""

import ctypes
import ctypes.util

import pyarrow as pa


def give_back() -> None:
    """Hand freed memory back, where the C library keeps it for later (glibc does; elsewhere this does nothing)."""
    pa.default_memory_pool().release_unused()
    library = ctypes.util.find_library("c")
    trim = getattr(ctypes.CDLL(library), "malloc_trim", None) if library else None
    if trim:
        trim(0)
