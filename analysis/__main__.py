"""`python -m analysis COMMAND`: see analysis.commands.registry."""

import sys

from analysis.commands.registry import main

if __name__ == "__main__":
    sys.exit(main())
