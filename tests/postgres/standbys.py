"""A primary and two standbys, any one of which it waits for, in temporary folders; who takes over is told by hand."""
import os
import signal
import time
from pathlib import Path

from cluster import Cluster

NAMES = ["one", "two", "three"]
SECONDS_MAX = 60


class Server(Cluster):
    def __init__(self, name):
        super().__init__([f"cluster_name={name}", "wal_level=replica", "wal_receiver_timeout=5s"])
        self.name = name

    def follow(self, primary):
        """Starts as a copy of another one."""
        self.run("standby", self.folder, primary.folder, *self.settings)

    def pids(self):
        """Its first process, then its children."""
        first = (self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0]
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        return [int(pid) for pid in [first, *children]]

    def send_signal(self, number):
        for pid in self.pids():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def set(self, name, value):
        self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.sql("SELECT pg_reload_conf()")

    def wait_for(self, question, answer):
        deadline = time.monotonic() + SECONDS_MAX
        while (said := self.sql(question)) != answer:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name}: {question} is {said}, not {answer}")
            time.sleep(0.05)

    def remove(self):
        try:
            self.send_signal(signal.SIGCONT)  # one that is stopped cannot end
        except OSError:
            pass
        super().remove()


class Standbys:
    """`servers` have the primary first. As a context."""

    def __init__(self):
        self.servers = [Server(name) for name in NAMES]

    def __enter__(self):
        try:
            primary, *others = self.servers
            primary.start()
            for standby in others:
                standby.follow(primary)
            self.wait_for_any(primary, others)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.remove()

    @staticmethod
    def any_of(standbys):
        return f"ANY 1 ({', '.join(each.name for each in standbys)})" if standbys else ""

    def wait_for_any(self, primary, standbys):
        """From now on a commit waits until one of them has it."""
        primary.wait_for("SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming'", str(len(standbys)))
        primary.set("synchronous_standby_names", self.any_of(standbys))

    def take_over(self, new, followers):
        """Of the standbys none follows the old one any longer: it cannot acknowledge anything, whatever it does."""
        for each in [new, *followers]:
            each.set("primary_conninfo", "")
            each.wait_for("SELECT COUNT(*) FROM pg_stat_wal_receiver", "0")
        new.set("synchronous_standby_names", self.any_of(followers))
        new.sql("SELECT pg_promote()")
        for each in followers:
            each.set("primary_conninfo", f"host={new.socket} user=postgres")

    @staticmethod
    def most_advanced(standbys):
        for each in standbys:
            each.set("primary_conninfo", "")
            each.wait_for("SELECT COUNT(*) FROM pg_stat_wal_receiver", "0")
        return max(standbys, key=lambda each: int(each.sql("SELECT pg_last_wal_receive_lsn() - '0/0'")))

    def url(self, role="contactd"):
        sockets = ",".join(server.socket for server in self.servers)
        return f"postgresql:///contactd?host={sockets}&user={role}"
