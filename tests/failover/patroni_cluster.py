"""A primary and two synchronous standbys, kept by Patroni with etcd: one of each on every machine."""
import http.client
import json
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from commands import PSQL, run  # noqa: E402  (it is found only now)

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
# What decides how soon another one takes over: the leader's lock lasts ttl. 20 is the least that Patroni takes.
TIMES = {"ttl": 20, "loop_wait": 5, "retry_timeout": 5}
START_SECONDS_MAX = 120


def settings(machine, machines, lock):
    """Of Patroni, as JSON, which is YAML too."""
    address = machine.address
    return json.dumps({
        "scope": "contactd", "name": machine.name,
        "restapi": {"listen": f"{address}:8008", "connect_address": f"{address}:8008"},
        lock: {"hosts": [f"{each.address}:2379" for each in machines]},
        "bootstrap": {
            "dcs": {**TIMES, "synchronous_mode": True, "synchronous_mode_strict": True, "synchronous_node_count": 2,
                    "primary_start_timeout": 0,
                    "postgresql": {"use_pg_rewind": True, "use_slots": True,
                                   "parameters": {"max_connections": 100, "wal_log_hints": "on",
                                                  "wal_keep_size": "256MB", "shared_buffers": "64MB",
                                                  # A cut-off primary that is told to stop waits for its standbys.
                                                  "wal_sender_timeout": "5s", "wal_receiver_timeout": "5s",
                                                  # How soon a standby follows the new primary.
                                                  "wal_retrieve_retry_interval": "500ms"}}},
            "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"]},
        "postgresql": {
            "listen": f"{address}:5432", "connect_address": f"{address}:5432",
            "data_dir": str(machine.folder / "data"), "bin_dir": str(PROGRAMS),
            "pgpass": str(machine.folder / "pgpass"),
            "authentication": {role: {"username": "postgres"} for role in ("superuser", "replication", "rewind")},
            "parameters": {"unix_socket_directories": str(machine.folder)},
            "pg_hba": ["local all all trust", "host all all samenet trust", "host replication all samenet trust"],
            "basebackup": [{"checkpoint": "fast"}],
            "remove_data_directory_on_rewind_failure": True,
            "remove_data_directory_on_diverged_timelines": True},
        "watchdog": {"mode": "off"}}, indent=1)


class PatroniCluster:
    """`lock` says through which protocol of etcd: `etcd` (its version 2) or `etcd3`. Patroni 3.0.2 that was stopped and
    goes on takes the lock back through `etcd3`, without a look at who has it by then."""

    def __init__(self, machines, lock):
        self.machines, self.lock = machines, lock

    def start(self):
        for machine in self.machines:
            text = settings(machine, self.machines, self.lock)
            (machine.folder / "patroni.yml").write_text(text, encoding="utf-8")
            self.start_etcd(machine)
        for machine in self.machines:
            self.start_patroni(machine)
        self.wait_until_whole()

    def start_etcd(self, machine):
        members = ",".join(f"{each.name}=http://{each.address}:2380" for each in self.machines)
        client, peer = f"http://{machine.address}:2379", f"http://{machine.address}:2380"
        machine.start("etcd.log", "etcd", "--name", machine.name, "--data-dir", machine.folder / "etcd",
                      "--listen-client-urls", client, "--advertise-client-urls", client,
                      "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                      "--initial-cluster", members, "--enable-v2", "--heartbeat-interval", "200",
                      "--election-timeout", "2000")

    @staticmethod
    def start_patroni(machine):
        machine.start("patroni.log", "/usr/bin/patroni", machine.folder / "patroni.yml")

    def start_again(self, machine):
        """After its death. The process that the file tells of may by now be another one."""
        (machine.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        self.start_etcd(machine)
        self.start_patroni(machine)

    @staticmethod
    def ask(machine, path):
        """What its Patroni says, or None."""
        connection = http.client.HTTPConnection(machine.address, 8008, timeout=2)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def is_primary(self, machine):
        said = self.ask(machine, "/patroni")
        return bool(said) and said.get("role") in ("master", "primary") and said.get("state") == "running"

    def primary(self):
        """None while there is none, or more than one."""
        found = [machine for machine in self.machines if self.is_primary(machine)]
        return found[0] if len(found) == 1 else None

    def roles(self):
        """Of those that run, as the lock's holder sees them."""
        for machine in self.machines:
            if said := self.ask(machine, "/cluster"):
                return {each["name"]: each["role"] for each in said.get("members", ())
                        if each["state"] in ("running", "streaming")}
        return {}

    def is_whole(self):
        if sorted(self.roles().values()) != ["leader", "sync_standby", "sync_standby"]:
            return False
        primary = self.primary()
        return primary is not None and self.sql(
            "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'", primary) == "2"

    def wait_until_whole(self, seconds=START_SECONDS_MAX):
        """A primary, and two standbys that it waits for."""
        deadline = time.monotonic() + seconds
        while not self.is_whole():
            if time.monotonic() > deadline:
                raise RuntimeError(f"no primary with two synchronous standbys after {seconds} s: {self.roles()}")
            time.sleep(0.3)
        return self.primary()

    @staticmethod
    def psql(machine, database):
        return [*PSQL, "-h", machine.address, "-U", "postgres", database]

    def sql(self, text, machine=None, database="postgres", seconds=60):
        """What psql prints."""
        return run(*self.psql(machine or self.primary(), database), "-c", text, seconds=seconds).strip()

    def url(self, role):
        hosts = ",".join(machine.address for machine in self.machines)
        return f"postgresql://{role}@{hosts}/contactd"

    def keep_logs(self, folder):
        for machine in self.machines:
            for log in machine.folder.glob("*.log"):
                shutil.copy(log, folder / f"{machine.name}-{log.name}")
