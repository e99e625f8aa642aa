"""Every figure that Panchina claims, one command after the other: `make bench`."""

import subprocess
import sys

COMMANDS = ("bench.accuracy", "bench.corpora", "bench.speed", "bench.store", "bench.collect", "bench.fuzz",
            "bench.guided", "bench.sensitivity", "bench.dashboard")  # fmt: skip


def main() -> int:
    """Run all benchmarks; the exit status is 1 where one could not run."""
    failed = 0
    for name in COMMANDS:
        print(f"\n# python -m {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", name], check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
