"""Every figure that Panchina claims, one command after the other: `make bench`.

usage: python -m bench [--large] [NAME ...]   (default: all, in sizes that take minutes; --large: in the sizes claimed)

A name is that of a module of bench/, as `dashboard`. Each runs alone as well, `python -m bench.NAME`, in any size.
"""

import subprocess
import sys
import time

SIZES = {
    "accuracy": (),
    "plausibility": (),
    "verdicts": (),
    "causes": (),
    "relations": (),
    "corpora": (),
    "speed": (),
    "stories": ("20000",),
    "store": ("40", "20000"),
    "collect": ("1000", "24"),
    "fuzz": ("5000",),
    "guided": ("30",),
    "sensitivity": (),
    "dashboard": (),
}
"""Arguments of each bench for a run of minutes; without them it runs in the size that is claimed. The dashboard is
always measured over a million articles, which are laid out once (a minute)."""


def main() -> int:
    """Run the benches asked for; the exit status is 1 where one could not run, 2 where there is none of a name."""
    given = sys.argv[1:]
    names = [name for name in given if name != "--large"] or list(SIZES)
    strange = [name for name in names if name not in SIZES]
    if strange:
        print(f"no bench {', '.join(strange)}; there are {', '.join(SIZES)}", file=sys.stderr)
        return 2
    failed = [name for name in names if not _ran(name, () if "--large" in given else SIZES[name])]
    if "--large" not in given:
        small = ", ".join(name for name in names if SIZES[name])
        print(f"\nSmaller than claimed: {small or 'none'}. All in full size: python -m bench --large")
    return 1 if failed else 0


def _ran(name: str, sizes: tuple[str, ...]) -> bool:
    print(f"\n# python -m bench.{' '.join((name, *sizes))}", flush=True)
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *sizes], check=False).returncode == 0
    print(f"# {'took' if done else 'failed after'} {time.monotonic() - start:.0f} s", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
