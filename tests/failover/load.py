"""Clients that write through several nodes without a pause and note what they were told of each write."""
import http.client
import itertools
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "process"))
from harness import LOST, Client, contact_body, token  # noqa: E402  (it is found only now)

NAMESPACES = ["North", "South", "East", "West"]
KINDS = ["keyed"] * 8 + ["keyless"] * 4 + ["change"] * 4
TENANT = "tenant-one"           # of all that create
PAUSE_SECONDS = 0.02            # of a client between two writes
PAUSE_AFTER_REFUSAL_SECONDS = 0.2
ANSWER_SECONDS_MAX = 90

ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"


@dataclass
class Write:
    """What was asked for, and what its client was told."""
    kind: str
    tenant: str
    name: str                   # of the contact; no two writes make contacts of one name
    key: str = ""
    outcome: str = UNKNOWN
    value: str = ""             # what a change sets rm_id to
    contact: dict = None        # the acknowledged answer
    version: int = 0
    at: float = 0.0             # when it was told, by time.monotonic()
    node: int = 0


def tenant_of(number):
    """Who changes a contact is alone in a tenant: between two of its changes nothing happens there, and a standby can
    have all of it."""
    return f"tenant-of-{number}" if KINDS[number] == "change" else TENANT


def make_tenants(service):
    """Each with its namespaces. Gives their tokens."""
    bearers = {tenant: token(service.data, tenant, "user-one1", "--ttl", "1d")
               for tenant in sorted(set(map(tenant_of, range(len(KINDS)))))}
    for bearer in bearers.values():
        client = Client(service.port, bearer)
        for name in NAMESPACES:
            client.expect(201, "POST", "/namespaces/", {"name": name, "contact_pattern": name[0] + "/{counter:06}"})
        client.close()
    return bearers


def version_of(answer):
    return int(answer.headers["ETag"].strip('"').split("-")[0])


def is_unknown(answer):
    return answer.status == 503 and answer.json["detail"].startswith("it is not known")


class Load:
    """Threads that write until they are told to stop. `writes` has all that they wrote."""

    def __init__(self, label, ports, bearers):
        self.label = label
        self.ports = ports
        self.bearers = bearers
        self.stopping = threading.Event()
        self.guard = threading.Lock()
        self.writes = []
        self.trouble = []
        self.stale_reads = 0
        self.threads = [threading.Thread(target=self.run, args=(number, kind), daemon=True)
                        for number, kind in enumerate(KINDS)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(2 * ANSWER_SECONDS_MAX)
            if thread.is_alive():
                self.trouble.append("a client has not come to its end")

    def run(self, number, kind):
        works = {"keyed": self.create_with_key, "keyless": self.create_without_key, "change": self.change}
        worker = ClientOfNodes(self, number)
        try:
            for count in itertools.count():
                if self.stopping.is_set():
                    return
                works[kind](worker, f"{self.label} {kind} {number} {count}")
                time.sleep(PAUSE_SECONDS)
        except Exception as error:  # pylint: disable=broad-except
            self.trouble.append(f"{kind}: {error!r}")
        finally:
            worker.close()

    def note(self, write, outcome, node, answer=None):
        write.outcome, write.node, write.at = outcome, node, time.monotonic()
        if outcome == ACKNOWLEDGED:
            write.contact, write.version = answer.json, version_of(answer)
        with self.guard:
            self.writes.append(write)
        if outcome != ACKNOWLEDGED:
            time.sleep(PAUSE_AFTER_REFUSAL_SECONDS)

    def body(self, worker, name):
        return contact_body(name, NAMESPACES[worker.number % len(NAMESPACES)])

    def create_with_key(self, worker, name):
        """The same request again, with the same key, on one node and the other, until it is acknowledged."""
        write = Write("keyed", worker.tenant, name, key=name.replace(" ", "-"))
        while True:
            node, answer = worker.ask("POST", "/contacts/", self.body(worker, name), {"Idempotency-Key": write.key})
            if answer is not None and answer.status == 201:
                return self.note(write, ACKNOWLEDGED, node, answer)
            if answer is not None and answer.status != 503 and answer.code != "in_progress":
                raise AssertionError(f"unexpected: {answer!r}")
            worker.go_to_the_other_node()
            time.sleep(PAUSE_AFTER_REFUSAL_SECONDS)

    def create_without_key(self, worker, name):
        self.once(worker, Write("keyless", worker.tenant, name), "POST", "/contacts/", self.body(worker, name))

    def once(self, worker, write, method, path, body, headers=None):
        """Asks a single time and notes what was said. Gives the answer, or None when there was none."""
        node, answer = worker.ask(method, path, body, headers)
        if answer is None or is_unknown(answer):
            self.note(write, UNKNOWN, node)
        elif answer.status == 201:
            self.note(write, ACKNOWLEDGED, node, answer)
        elif answer.status in (503, 412):
            self.note(write, REFUSED, node)
        else:
            raise AssertionError(f"unexpected: {answer!r}")
        return answer

    def change(self, worker, name):
        """Its own contact, which nobody else changes, from the version that it knows to a new value."""
        if worker.contact is None:
            self.create_with_key(worker, name)
            worker.contact = next(each for each in reversed(self.writes) if each.name == name)
            worker.version, worker.possible = worker.contact.version, {None}
        path = f"/contacts/{worker.contact.contact['id']}/"
        write = Write("change", worker.tenant, worker.contact.name, value=name.replace(" ", "-"))
        answer = self.once(worker, write, "PATCH", path, {"rm_id": write.value}, {"If-Match": f'"{worker.version}-0"'})
        if write.outcome == ACKNOWLEDGED:
            worker.version, worker.possible = write.version, {write.value}
            worker.go_to_the_other_node()
        elif write.outcome == UNKNOWN:
            worker.possible.add(write.value)
        if write.outcome != REFUSED or answer.status == 412:
            self.look(worker, path)

    def look(self, worker, path):
        """What one node has acknowledged, the other shows; what is unknown is found out. A history, which a standby may
        answer, has an entry for each version."""
        answer = self.read(worker, path)
        version = version_of(answer)
        entries = self.read(worker, path + "history/?page_size=1").json["count"]
        if min(version, entries) < worker.version:
            with self.guard:
                self.stale_reads += 1
            return
        if answer.json.get("rm_id") not in worker.possible:
            raise AssertionError(f"a value that nobody may have kept: {answer.json.get('rm_id')} of {worker.possible}")
        worker.version = version


    @staticmethod
    def read(worker, path):
        """The answer of whichever node can give one."""
        while True:
            _, answer = worker.ask("GET", path)
            if answer is not None and answer.status == 200:
                return answer
            if answer is not None and answer.status != 503:
                raise AssertionError(f"an acknowledged contact cannot be read: {answer!r}")
            worker.go_to_the_other_node()
            time.sleep(PAUSE_AFTER_REFUSAL_SECONDS)


class ClientOfNodes:
    """One client: a connection to each node, of which it uses one until that one disappoints."""

    def __init__(self, load, number):
        self.number = number
        self.tenant = tenant_of(number)
        self.node = number % len(load.ports)
        self.clients = [Client(port, load.bearers[self.tenant]) for port in load.ports]
        for client in self.clients:
            client.connection = http.client.HTTPConnection("127.0.0.1", client.connection.port,
                                                           timeout=ANSWER_SECONDS_MAX)
        self.contact = None      # of one that changes: the write that made its contact
        self.version = 0
        self.possible = set()    # the values that it may have

    def ask(self, method, path, body=None, headers=None):
        """Gives the node and its answer, or None when there was none."""
        try:
            return self.node, self.clients[self.node].request(method, path, body, headers)
        except LOST:
            return self.node, None

    def go_to_the_other_node(self):
        self.node = (self.node + 1) % len(self.clients)

    def close(self):
        for client in self.clients:
            client.close()
