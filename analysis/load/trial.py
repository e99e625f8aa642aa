"""A file read once in a process of its own, so that what it does to its reader is done to that process alone.

python -m analysis.load.trial BYTES [FILE]     (else standard input; exit status 0: it may be read)
"""

import io
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

MEMORY = 512 * 2**20
"""Bytes that reading may need beyond what the program has at its start (where the system can be told: not on Windows,
and on a Mac it does not listen)."""
SECONDS, BYTES_A_SECOND = 60.0, 2_000_000
"""Time that reading may take, and more for larger files."""
MAIN = "analysis.load.trial"
_NEEDS_TOO_MUCH = 3
_ROOT = Path(__file__).resolve().parents[2]


def tried(stream: BinaryIO) -> str:
    """Why a Parquet file must not be read in this process; "" where it may, though it may have other faults."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    path = getattr(stream, "name", None)
    command = [sys.executable, "-m", MAIN, str(MEMORY)]
    # Without a name it is in memory already.
    given = {"stdin": subprocess.DEVNULL} if isinstance(path, str) else {"input": stream.read()}
    command += [os.path.abspath(path)] if isinstance(path, str) else []
    stream.seek(0)
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=SECONDS + size / BYTES_A_SECOND,
                              env=os.environ | {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"},
                              check=False, **given)  # fmt: skip
    except subprocess.TimeoutExpired:
        return "reading it takes too long for its size"
    if done.returncode == 0:
        return ""
    is_memory = done.returncode == _NEEDS_TOO_MUCH or b"bad_alloc" in done.stderr
    return f"reading it needs more than {MEMORY >> 20} MB" if is_memory else "what it says of itself is false"


def main() -> int:
    """Read the file as analysis.load.parquet would; 3 where that needs more than BYTES of memory."""
    import pyarrow.parquet  # noqa: F401  (its own memory is not the file's)

    from analysis.load.parquet import parquet_rows

    memory, *paths = sys.argv[1:]
    stream = open(paths[0], "rb") if paths else io.BytesIO(sys.stdin.buffer.read())  # noqa: SIM115
    _bound(int(memory))
    try:
        for _ in parquet_rows(io.BufferedReader(stream) if isinstance(stream, io.BytesIO) else stream):
            pass
    except MemoryError:
        return _NEEDS_TOO_MUCH
    return 0


def _bound(memory: int) -> None:
    """Let this process have `memory` bytes more than it has now."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        held = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
