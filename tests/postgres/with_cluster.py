#!/usr/bin/env python3
"""Runs a command beside a PostgreSQL server of its own, which goes with it.

  with_cluster.py COMMAND [ARGUMENT]...

The command finds the folder of the server's socket in CONTACTD_TEST_POSTGRES.
"""
import os
import subprocess
import sys

from cluster import Cluster


def main(command):
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with Cluster() as cluster:
        return subprocess.run(command, env={**os.environ, "CONTACTD_TEST_POSTGRES": cluster.socket}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
