"""Make sure a Chromium is there for the browser tests: through the system's package manager where it may.

With CI=true a machine without one fails; elsewhere the browser tests are skipped, and this says so.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Path of an installed Chromium, named by PANCHINA_CHROMIUM or found on the path."""
    return os.environ.get("PANCHINA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> None:
    apt = shutil.which("apt-get")
    if apt is None:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        return
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*prefix, apt, *command], stdout=subprocess.DEVNULL, env=environment, check=False)


def main() -> int:
    """Return the exit status: 1 only where CI asks for a browser and there is none."""
    if find_chromium() is None:
        print("No Chromium found; trying the system's package manager ...", flush=True)
        _install()
    found = find_chromium()
    if found:
        print(f"Chromium for the browser tests: {found}")
        return 0
    if os.environ.get("CI") == "true":
        print("No Chromium, and CI=true: install the package 'chromium', or set PANCHINA_CHROMIUM to one.")
        return 1
    print("No Chromium: the browser tests will be skipped. Install one, or set PANCHINA_CHROMIUM.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
