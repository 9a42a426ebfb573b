"""Seeded stores: made through the API, kept in a folder, taken again when size, contacts and schema are the same."""
import json
import multiprocessing
import selectors
import shutil
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty

import people
from client import Client, Failure
from servers import Contactd

TENANT = "bench-lender-main"
SMALL_TENANT = "bench-lender-small"
OTHER_TENANTS = {"bench-lender-middle": 1000, SMALL_TENANT: 100, "bench-lender-tiny": 20}
PROCESSES = 2
CONNECTIONS = 32        # Of each process.
ID_BYTES = 26


@dataclass
class Seeded:
    """A store with the first `total` contacts, in their order as far as 64 writers keep it."""
    data: Path
    total: int
    facts: dict    # Times between which known contacts were created: values for parameters.
    tenant: str = TENANT

    @property
    def ids_file(self):
        return self.data.parent / f"{self.data.name}.ids"

    def id_of(self, index):
        with self.ids_file.open("rb") as file:
            file.seek(index * ID_BYTES)
            return file.read(ID_BYTES).decode()


def create_slice(port, token, path, body_of, bounds, progress, place, outbox):
    """Creates rows over many connections at once, each waiting for its answer; sends back their ids in order."""
    try:
        first, end = bounds
        waiting, location = selectors.DefaultSelector(), f"\r\nLocation: {path}".encode()
        following = iter(range(first, end))
        ids = bytearray(ID_BYTES * (end - first))

        def send_next(client):
            index = next(following, None)
            if index is None:
                waiting.unregister(client.socket)
                client.close()
                return
            client.index = index
            client.socket.sendall(client.text_of("POST", path, body_of(index)))

        for _ in range(min(CONNECTIONS, end - first)):
            client = Client(port, token)
            waiting.register(client.socket, selectors.EVENT_READ, client)
            send_next(client)
        while waiting.get_map():
            for key, _ in waiting.select():
                client = key.data
                answer = client.socket.recv(65536)
                at = answer.find(location)
                if not answer.startswith(b"HTTP/1.1 201 ") or at < 0 or not answer.endswith(b"}"):
                    raise Failure(f"a row of the seed was answered {answer[:600]!r}")
                place_of_id = ID_BYTES * (client.index - first)
                at += len(location)
                ids[place_of_id:place_of_id + ID_BYTES] = answer[at:at + ID_BYTES]
                progress[place] += 1
                send_next(client)
        outbox.put((place, bytes(ids)))
    except BaseException as error:
        outbox.put((place, str(error) or type(error).__name__))


def create_range(server, tenant, path, body_of, bounds, show):
    """The ids of the rows `bounds`, created by all processes; `body_of` says what creates a row of that number."""
    first, end = bounds
    edges = [first + (end - first) * k // PROCESSES for k in range(PROCESSES + 1)]
    progress, outbox = multiprocessing.Array("q", PROCESSES, lock=False), multiprocessing.Queue()
    token = server.token(tenant)
    workers = [multiprocessing.Process(target=create_slice, daemon=True,
                                       args=(server.port, token, path, body_of, edges[k:k + 2], progress, k, outbox))
               for k in range(PROCESSES)]
    for worker in workers:
        worker.start()
    found = {}
    while len(found) < PROCESSES:
        try:
            place, ids = outbox.get(timeout=5)
        except Empty:
            show(sum(progress))
            if not any(worker.is_alive() for worker in workers) and outbox.empty():
                raise Failure("the processes that create contacts have gone") from None
            continue
        if isinstance(ids, str):
            raise Failure(ids)
        found[place] = ids
    return b"".join(found[k] for k in range(PROCESSES))


def make_namespaces(server, tenant):
    with server.client(tenant) as client:
        for name in people.NAMESPACES:
            client.ask("POST", "/namespaces/", {"name": name}, status=201)


def body_of_person(total):
    return lambda i: people.body_of(people.person(i, total))


def create_children(server, tenant, ids, total, say):
    """The newest have two addresses, an account, and a relation to the one before; so each shows two relations."""
    first, end = people.with_children(total)

    def id_of(index):
        return ids[index * ID_BYTES:(index + 1) * ID_BYTES].decode()

    for path, body_of in [
            ("/contacts/addresses/", lambda i: people.address_of(i, id_of(i), 0)),
            ("/contacts/addresses/", lambda i: people.address_of(i, id_of(i), 1)),
            ("/contacts/banks/", lambda i: people.bank_of(i, id_of(i))),
            ("/contacts/relations/", lambda i: people.relation_of(id_of(i), id_of(i - 1)))]:
        create_range(server, tenant, path, body_of, (first, end),
                     lambda done, path=path: say(f"  {done:,} of {end - first:,} at {path}"))


def newest_time(server, tenant):
    with server.client(tenant) as client:
        return client.get("/contacts/?page_size=1")["results"][0]["created_at"]


def just_after(text):
    """The next microsecond: filters by date are inclusive."""
    time_ = datetime.fromisoformat(text.replace("Z", "+00:00")) + timedelta(microseconds=1)
    return time_.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fill(setup, seeded, say):
    with Contactd(setup, seeded.data) as server:
        for tenant, total in {**OTHER_TENANTS, TENANT: seeded.total}.items():
            make_namespaces(server, tenant)
            ids, times, began = b"", [], time.monotonic()
            for bounds in people.parts(total):
                ids += create_range(server, tenant, "/contacts/", body_of_person(total), bounds,
                                    lambda done, first=bounds[0]: say(f"  {first + done:,} of {total:,} contacts"))
                times.append(newest_time(server, tenant))
            seconds = time.monotonic() - began
            create_children(server, tenant, ids, total, say)
        seeded.ids_file.write_bytes(ids)
        seeded.facts.update(middle_from=just_after(times[0]), middle_to=times[1], seconds=round(seconds, 1))
    say(f"  {seeded.total:,} contacts in {seconds:.0f} s, {seeded.total / seconds:,.0f} per second")


def small_store(setup):
    """The small tenant by itself, in a store of its own."""
    data, total = setup.temporary / "small", OTHER_TENANTS[SMALL_TENANT]
    if not data.exists():
        with Contactd(setup, data) as server:
            make_namespaces(server, SMALL_TENANT)
            create_range(server, SMALL_TENANT, "/contacts/", body_of_person(total), (0, total), lambda done: None)
    return data


def schema_of(data):
    """Every table and index, as the store itself records them."""
    with sqlite3.connect(f"file:{data / 'contacts.db'}?mode=ro", uri=True) as connection:
        return sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))


def reason_to_seed(setup, seeded, note, fresh_schema):
    """Why a kept store cannot be taken; None when it can."""
    if not note.exists():
        return "there is none yet"
    kept = json.loads(note.read_text())
    if kept["version"] != people.VERSION:
        return "its contacts are of another version"
    if schema_of(seeded.data) != fresh_schema:
        return "the schema is another one"
    seeded.facts.update(kept["facts"])
    with Contactd(setup, seeded.data) as server, server.client(TENANT) as client:
        if client.get("/contacts/?page_size=1")["count"] != seeded.total:
            return "it holds another number of contacts"
    return None


def seeded_store(setup, total, say):
    """A kept store of that size, or a new one."""
    folder = setup.cache / f"{setup.kept_as}-{total}"
    seeded, note = Seeded(folder / "data", total, {}), folder / "seed.json"
    with Contactd(setup, setup.temporary / f"{setup.kept_as}-schema"):
        pass
    fresh_schema = schema_of(setup.temporary / f"{setup.kept_as}-schema")
    reason = "--fresh" if setup.fresh else reason_to_seed(setup, seeded, note, fresh_schema)
    if reason is None:
        say(f"Taking the kept store of {total:,} contacts")
        return seeded
    say(f"Seeding {total:,} contacts ({reason})")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    seeded.facts.clear()
    fill(setup, seeded, say)
    note.write_text(json.dumps({"version": people.VERSION, "total": total, "facts": seeded.facts}))
    return seeded
