"""The seeded stores of one run: each made or taken once, however many cases ask for it."""
from contextlib import ExitStack
from dataclasses import replace

import seed
from postgres import Cluster, Standby


class Stores:
    def __init__(self, setup, baseline, say):
        """`baseline`: an older program, or None."""
        self.setup, self.say, self.found = setup, say, {}
        self.found_cluster, self.found_standby, self.running = None, None, ExitStack()
        self.older_setup = baseline and replace(setup, binary=baseline, kept_as="older-contacts")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.running.close()

    def cluster(self):
        """The PostgreSQL server of the run, which ends with it."""
        if self.found_cluster is None:
            self.found_cluster = self.running.enter_context(Cluster(self.setup))
        return self.found_cluster

    def standby(self):
        """One that follows it, and ends before it."""
        if self.found_standby is None:
            self.found_standby = self.running.enter_context(Standby(self.cluster()))
        return self.found_standby

    def of(self, setup, total):
        key = setup.kept_as, total
        if key not in self.found:
            self.found[key] = seed.seeded_store(setup, total, self.say)
        return self.found[key]

    def seeded(self, total):
        return self.of(self.setup, total)

    def main(self):
        """The one that a run is about."""
        return self.of(self.setup, self.setup.contacts)

    def older(self):
        """The one that the older program seeded."""
        return self.of(self.older_setup, self.setup.contacts)
