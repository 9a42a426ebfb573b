"""Two nodes on a primary with two synchronous standbys: it is killed, then the next one is stopped and goes on later.
Nothing acknowledged is lost, nothing is done twice, and nobody is shown what the old one still has.

`./test failover` does the same at length, with Patroni.
"""
import os
import signal
import sys
import time
import unittest
from pathlib import Path

from figures import replica_reads
from harness import ServiceTestCase, wait_until

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "postgres"), str(TESTS / "failover")]
from cluster import free_port  # noqa: E402  (they are found only now)
from load import ACKNOWLEDGED, Load, make_tenants  # noqa: E402
from standbys import Standbys  # noqa: E402
from verify import verify  # noqa: E402

# Before the primary is lost. No time is set for it but the longest: on a busy machine little is done in a second.
WRITES_MIN = 25
STEADY_SECONDS_MAX = 60
# In which the old primary, back again, could do harm.
COMING_BACK_SECONDS = 1
# A stopped server is silent; nodes look for another one long before they would give it up.
RESUME_SECONDS_MAX = 15


def acknowledged(load, since=0.0):
    return [write for write in list(load.writes) if write.outcome == ACKNOWLEDGED and write.at > since]


class Failover(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.metrics = []
        self.standbys = Standbys()
        self.addCleanup(self.standbys.__exit__)
        self.standbys.__enter__()
        first = self.node("node-0")
        secret = (first.data / "dev-secret").read_bytes()
        second = self.folder / "node-1"
        second.mkdir()
        (second / "dev-secret").write_bytes(secret)
        os.chmod(second / "dev-secret", 0o600)
        self.ports = [first.port, self.node("node-1").port]
        self.bearers = make_tenants(first)

    def node(self, name):
        self.metrics.append(free_port())
        return self.service("--store", self.standbys.url(), "--owner-store", self.standbys.url("contactd_owner"),
                            "--read-store", self.standbys.url(), "--metrics", f"127.0.0.1:{self.metrics[-1]}",
                            data=self.folder / name)

    def answered_by_standbys(self):
        return sum(replica_reads(port)["answered"] for port in self.metrics)

    def check_failover(self, label, strike, old, standbys, come_back):
        answered_before = self.answered_by_standbys()
        load = Load(label, self.ports, self.bearers)

        def is_steady():
            """A node that was without a standby looks for one again only after a pause."""
            return len(acknowledged(load)) >= WRITES_MIN and self.answered_by_standbys() > answered_before

        try:
            wait_until(is_steady, STEADY_SECONDS_MAX, "a steady load, with a history that a standby answered")
            old.send_signal(strike)
            new = self.standbys.most_advanced(standbys)
            self.standbys.take_over(new, [each for each in standbys if each is not new])
            promoted = time.monotonic()

            def has_resumed():
                return len({write.node for write in acknowledged(load, promoted + 0.5)}) == len(self.ports)

            wait_until(has_resumed, RESUME_SECONDS_MAX, "an acknowledged write on each node")
            come_back()
            time.sleep(COMING_BACK_SECONDS)
        finally:
            load.stop()
        findings = verify(load, lambda text: new.sql(text))
        self.assertEqual((findings.all(), load.trouble, load.stale_reads), ([], [], 0))
        return new

    def test_a_primary_that_is_killed_and_one_that_is_stopped(self):
        one, two, three = self.standbys.servers
        new = self.check_failover("killed", signal.SIGKILL, one, [two, three], lambda: None)
        last = three if new is two else two
        self.check_failover("stopped", signal.SIGSTOP, new, [last], lambda: new.send_signal(signal.SIGCONT))


if __name__ == "__main__":
    unittest.main()
