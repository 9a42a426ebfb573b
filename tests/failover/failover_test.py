#!/usr/bin/env python3
"""Two nodes on a primary with two synchronous standbys (Patroni, etcd), the primary of which is lost again and again.

  failover_test.py [--rounds N] [--kinds kill,stop,cut,death] [--lock etcd|etcd3] [--logs FOLDER]

Each round is of one kind, in turn: `kill` SIGKILLs the server; `death` SIGKILLs all that runs on the primary's
machine; `stop` SIGSTOPs all of it; `cut` drops its packets with iptables. Another one takes over, the old one comes
back, and all that the clients were told is held against what is there. Both nodes read on the standbys what may be read
there. Needs root, and the packages of `scripts/install_packages failover`.
"""
import argparse
import functools
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from load import ACKNOWLEDGED, REFUSED, UNKNOWN, Load, make_tenants
from machines import Machines
from patroni_cluster import PatroniCluster
from verify import verify
from witness import Witness

from cluster import free_port
from figures import replica_reads
from harness import Service

KINDS = ["kill", "stop", "cut", "death"]
NODES = 2
STEADY_SECONDS = 3
SETTLE_SECONDS = 3
TAKE_OVER_SECONDS_MAX = 120
RESUME_SECONDS_MAX = 120
STANDBY_SECONDS_MAX = 30


def wait_for(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come about in {seconds} s")
        time.sleep(0.05)
    return time.monotonic()


def strike(kind, machine):
    if kind == "kill":
        machine.kill("postgres")
    elif kind == "death":
        machine.kill()
    elif kind == "stop":
        machine.stop()
    else:
        machine.cut_off()


def bring_back(kind, machine, cluster):
    if kind == "death":
        cluster.start_again(machine)
    elif kind == "stop":
        machine.go_on()
    elif kind == "cut":
        machine.join_again()


def resumed_after(load, fault, until, node=None):
    """Seconds from the fault to the end of the longest time behind it in which nothing was acknowledged."""
    times = sorted(write.at for write in load.writes if write.outcome == ACKNOWLEDGED and node in (None, write.node))
    behind = [fault] + [at for at in times if fault < at < until]
    return max((after - before, after) for before, after in zip(behind, behind[1:]))[1] - fault


class Round:
    def __init__(self, number, kind, cluster, services, bearers):
        self.kind, self.cluster, self.services = kind, cluster, services
        self.answered_before = self.answered_by_standbys()
        self.load = Load(f"r{number}", [service.port for service in services], bearers)
        self.number = number

    def answered_by_standbys(self):
        return sum(replica_reads(service.metrics)["answered"] for service in self.services)

    def acknowledged_since(self, at):
        nodes = {write.node for write in list(self.load.writes) if write.outcome == ACKNOWLEDGED and write.at > at}
        return len(nodes) == NODES

    def run(self):
        old = self.cluster.primary()
        witness = Witness(self.cluster, old, self.number)
        time.sleep(STEADY_SECONDS)
        self.fault = time.monotonic()
        strike(self.kind, old)
        others = [machine for machine in self.cluster.machines if machine is not old]
        self.promoted = wait_for(lambda: any(map(self.cluster.is_primary, others)), TAKE_OVER_SECONDS_MAX,
                                 "another primary")
        witness.write_inside()
        self.usable = witness.wait_until_usable(next(filter(self.cluster.is_primary, others)))
        wait_for(lambda: self.acknowledged_since(self.usable), RESUME_SECONDS_MAX, "an acknowledged write on each node")
        time.sleep(SETTLE_SECONDS)
        self.back = time.monotonic()
        bring_back(self.kind, old, self.cluster)
        witness.write_again()
        new = self.cluster.wait_until_whole()
        time.sleep(SETTLE_SECONDS)
        self.load.stop()
        self.from_standbys = self.answered_by_standbys() - self.answered_before
        self.taken_by_old = witness.taken()
        self.findings = verify(self.load, lambda text: self.cluster.sql(text, new, "contactd"))
        self.findings.wrong += self.load.trouble
        if new is old:
            self.findings.wrong.append("the old primary is the new one")

    @functools.cached_property
    def seconds(self):
        """Until another one was promoted, until it acknowledged a write of psql's (its standby has to follow it first),
        until the service acknowledged one, and the same for each node."""
        return (self.promoted - self.fault, self.usable - self.fault, resumed_after(self.load, self.fault, self.back),
                *(resumed_after(self.load, self.fault, self.back, node) for node in range(NODES)))

    def line(self):
        outcomes = [write.outcome for write in self.load.writes]
        promoted, usable, resumed, *nodes = self.seconds
        return (f"{self.number:5} {self.kind:6} {outcomes.count(ACKNOWLEDGED):12} {outcomes.count(REFUSED):7} "
                f"{outcomes.count(UNKNOWN):7} {len(self.findings.lost):4} {len(self.findings.duplicates):10} "
                f"{len(self.findings.wrong):5} {self.taken_by_old:12} {self.load.stale_reads:5} "
                f"{self.from_standbys:13} {promoted:8.1f} {usable:6.1f} {resumed:7.1f} "
                + " ".join(f"{each:.1f}" for each in nodes))


HEAD = ("round kind   acknowledged refused unknown lost duplicates wrong taken-by-old stale from-standbys promoted "
        "usable resumed each-node (seconds after the fault)")


def summary(rounds):
    lines = []
    for kind in [*KINDS, None]:
        chosen = [each for each in rounds if kind in (None, each.kind)]
        if not chosen:
            continue
        promoted, usable, resumed = ([each.seconds[i] for each in chosen] for i in (0, 1, 2))
        behind = [max(each.seconds[2:]) - each.seconds[1] for each in chosen]
        lines.append(f"{kind or 'all'}: {len(chosen)} rounds; " + "; ".join(
            f"{what} median {statistics.median(values):.1f} s, worst {max(values):.1f} s"
            for what, values in (("promoted", promoted), ("usable", usable), ("writes resumed", resumed),
                                 ("the slower node behind the usable server", behind))))
    return lines


def start_nodes(folder, cluster):
    """Their secrets are the same. What may be read on standbys is."""
    services = []
    for number in range(NODES):
        data = folder / f"node-{number}"
        if services:
            shutil.copytree(services[0].data, data)
        metrics = free_port()
        services.append(Service(data, "--store", cluster.url("contactd"), "--owner-store",
                                cluster.url("contactd_owner"), "--read-store", cluster.url("contactd"),
                                "--metrics", f"127.0.0.1:{metrics}").start())
        services[-1].metrics = metrics
    return services


def make_database(cluster):
    for text in ("CREATE ROLE contactd_owner LOGIN", "CREATE ROLE contactd LOGIN",
                 "CREATE DATABASE contactd OWNER contactd_owner", Witness.TABLE):
        cluster.sql(text)
    # libpq asks no other host when a standby says that there is no such database.
    for machine in cluster.machines:
        wait_for(lambda: cluster.sql("SELECT COUNT(*) FROM pg_database WHERE datname = 'contactd'", machine) == "1",
                 STANDBY_SECONDS_MAX, "the database on a standby")


def run_rounds(options, folder):
    rounds, services = [], []
    with Machines(folder) as machines:
        cluster = PatroniCluster(machines, options.lock)
        try:
            cluster.start()
            make_database(cluster)
            services += start_nodes(folder, cluster)
            bearers = make_tenants(services[0])
            print(HEAD, flush=True)
            for number in range(1, options.rounds + 1):
                each = Round(number, options.kinds[(number - 1) % len(options.kinds)], cluster, services, bearers)
                each.run()
                rounds.append(each)
                print(each.line(), flush=True)
                for finding in each.findings.all()[:20]:
                    print("  " + finding, flush=True)
        finally:
            for service in services:
                service.end()
            if options.logs:
                options.logs.mkdir(parents=True, exist_ok=True)
                cluster.keep_logs(options.logs)
                for service in services:
                    shutil.copy(service.log_path, options.logs)
    return rounds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=["kill", "stop", "cut"])
    parser.add_argument("--lock", choices=["etcd", "etcd3"], default="etcd", help="etcd's protocol: version 2 or 3")
    parser.add_argument("--logs", type=Path, help="where to leave the logs of all servers")
    options = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("it makes network namespaces, which only root may")
    if unknown := set(options.kinds) - set(KINDS):
        parser.error(f"there is no kind {unknown}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all is taken down in order
    folder = Path(tempfile.mkdtemp(prefix="contactd-failover-"))
    folder.chmod(0o755)
    try:
        rounds = run_rounds(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(summary(rounds)))
    bad = [each for each in rounds if each.findings.all() or each.taken_by_old or each.load.stale_reads]
    print(f"{len(rounds) - len(bad)} rounds without a fault, {len(bad)} with one")
    return 1 if bad or len(rounds) < options.rounds else 0


if __name__ == "__main__":
    sys.exit(main())
