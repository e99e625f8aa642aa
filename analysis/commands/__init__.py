"""The command line: a registry of subcommands, and those that have no package of their own."""
