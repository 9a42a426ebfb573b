"""Looks at single answers while a load runs, so that no server gets away with fast nonsense."""
import json
import os
import threading
import time
from contextlib import contextmanager

import people
from client import Failure

PAUSE_SECONDS = 0.1


class ContactCheck:
    """A random contact is asked for and compared with what was sent when it was created."""

    def __init__(self, seeded, client, connections):
        self.seeded, self.client, self.connections = seeded, client, connections

    def look(self, number):
        index = people.scattered(number) % self.seeded.total
        expected = json.loads(people.body_of(people.person(index, self.seeded.total)))
        got = self.client.get(f"/contacts/{self.seeded.id_of(index)}/")
        for name, value in expected.items():
            if (len(got[name]) != len(value)) if name == "props" else got[name] != value:
                raise Failure(f"contact {index} came back with another {name}: {got[name]!r}")

    def finish(self, requests):
        pass


class CreateCheck(ContactCheck):
    """A contact is created and read again; and there are as many more as were acknowledged."""

    def __init__(self, seeded, client, connections):
        super().__init__(seeded, client, connections)
        self.before, self.made = self.settled_count(), 0

    def settled_count(self):
        """How many there are once nothing comes any more: a load that was cut off leaves requests on their way."""
        last = None
        while (count := self.client.get("/contacts/?page_size=1")["count"]) != last:
            last = count
            time.sleep(PAUSE_SECONDS)
        return count

    def look(self, number):
        body = json.loads(people.body_of(people.person(number, 1_000_000_000)))
        body.update(ref_id=f"spot/{os.getpid()}/{self.before}/{number}")
        made = json.loads(self.client.ask("POST", "/contacts/", body, status=201))
        self.made += 1
        again = self.client.get(f"/contacts/{made['id']}/")
        if again != made or again["name"] != body["name"] or again["ref_id"] != body["ref_id"]:
            raise Failure("a created contact came back with other values")

    def finish(self, requests):
        # Those that wrk did not wait for at its end may be there or not.
        more = self.settled_count() - self.before - self.made - requests
        if not 0 <= more <= self.connections:
            raise Failure(f"{requests} creates were acknowledged, but there are {requests + more} more contacts")


class PatchCheck(ContactCheck):
    """A contact gets other tags and is read again. Nobody else changes it: the load's tags are not of this form."""

    def look(self, number):
        path = f"/contacts/{self.seeded.id_of(people.scattered(number) % self.seeded.total)}/"
        tags = [f"spot-{number}"]
        got = json.loads(self.client.ask("PATCH", path, {"tags": tags}, status=201))
        before = got["updated_at"]
        again = self.client.get(path)
        # The load may have come to it in between; that shows in its time.
        if got["tags"] != tags or (again["tags"] != tags and again["updated_at"] == before):
            raise Failure(f"tags were set to {tags}, and are {again['tags']}")


class AskedCheck:
    """The requests of a set are asked in turn."""

    def __init__(self, requests, client):
        self.requests, self.client = requests, client

    def look(self, number):
        each = self.requests[number % len(self.requests)]
        fault = each.check(*self.client.send(self.client.text_of(each.method, each.path, each.body)))
        if fault:
            raise Failure(fault)

    def finish(self, requests):
        pass


class FixedCheck:
    """The yardstick still gives its one answer."""

    def __init__(self, server):
        self.server = server

    def look(self, _):
        self.server.check_answer()

    def finish(self, requests):
        pass


CHECKS = {"get.lua": ContactCheck, "create.lua": CreateCheck, "mix.lua": ContactCheck, "patch.lua": PatchCheck}


@contextmanager
def looking(check):
    """Asks now and then while the load runs; what it finds is raised at the end."""
    stop, errors = threading.Event(), []

    def look():
        number = 0
        try:
            while not stop.is_set():
                check.look(number)
                number += 1
                stop.wait(PAUSE_SECONDS)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if errors:
        raise errors[0] if isinstance(errors[0], Failure) else Failure(f"spot check: {errors[0]!r}")
