"""Fifty times `kill -9` while several clients create and change contacts: what was acknowledged is there, nothing is
half done, what is derived (counts, filters) agrees with the rows, and a retry with its Idempotency-Key makes no second.
"""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import unittest

from harness import LOST, ServiceTestCase, binary, clean_environment, contact_body, token, wait_until

KILLS = 50
CLIENTS = 5
ROUNDS_PER_TENANT = 5
SECONDS_PER_ROUND_MAX = 60


def revision(name, number):
    """What a contact looks like after its change of that number; every part tells the number."""
    props = [{"key": "pan_no", "type": "text", "value": f"value {number}"},
             {"key": "mobile", "type": "number", "value": str(number)}]
    return contact_body(name, rm_id=f"v{number}", tags=[f"tag{number % 7}", "all"], props=props,
                        status="inactive" if number % 3 == 1 else "active")


def number_of(contact, props):
    """The change that a stored contact shows; a mixture of two changes fails."""
    number = int(contact["rm_id"][1:])
    wanted = revision(contact["name"], number)
    wanted["props"] = sorted((prop["key"], prop["value"]) for prop in wanted["props"])
    found = {field: contact.get(field) for field in wanted}
    found["props"] = sorted((prop["key"], prop["value"]) for prop in props)
    if found != wanted:
        raise AssertionError(f"a contact is half done: {found} instead of {wanted}")
    return number


class Case:
    """What is known about one contact that was asked for."""

    def __init__(self, name, key):
        self.name = name
        self.key = key
        self.answer = None       # of the create, once it is acknowledged
        self.acknowledged = -1   # the last change that was answered
        self.attempted = 0       # the last change that was sent


class Load:
    """Client threads that create and change contacts. The one that gets the acknowledgement number `writes` kills the
    service at that moment: were it answered too early, what it stands for could not be on its way any longer."""

    def __init__(self, service, bearer, label, cases, writes):
        self.service, self.bearer, self.label = service, bearer, label
        self.cases = cases                     # all of this tenant
        self.writes = writes
        self.counted = threading.Lock()
        self.acknowledged = 0
        self.trouble = []
        self.new = [[] for _ in range(CLIENTS)]
        self.threads = [threading.Thread(target=self.run, args=(place,)) for place in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join(SECONDS_PER_ROUND_MAX)
        if self.trouble or any(thread.is_alive() for thread in self.threads):
            raise AssertionError(f"{self.acknowledged} writes were acknowledged, trouble: {self.trouble}")
        return [case for cases in self.new for case in cases]

    def run(self, place):
        choices = random.Random(f"{self.label} {place}")
        mine = self.cases[place::CLIENTS]
        client = self.service.client(self.bearer)
        try:
            for number in range(100_000):
                existing = [case for case in mine[-20:] if case.answer]
                if existing and choices.random() < 0.4:
                    self.change(client, choices.choice(existing))
                else:
                    case = Case(f"Case {self.label} {place} {number}",
                                f"key-{self.label}-{place}-{number}" if choices.random() < 0.5 else None)
                    mine.append(case)
                    self.new[place].append(case)
                    self.create(client, case)
        except LOST:
            pass   # the service was killed
        except Exception as error:  # pylint: disable=broad-except
            self.trouble.append(repr(error))
            self.service.send_signal(signal.SIGKILL)
        finally:
            client.close()

    def create(self, client, case):
        answer = client.post("/contacts/", revision(case.name, 0), key=case.key)
        self.note(answer)
        case.answer = answer
        case.acknowledged = 0

    def change(self, client, case):
        case.attempted += 1
        self.note(client.patch(f"/contacts/{case.answer.json['id']}/", revision(case.name, case.attempted)))
        case.acknowledged = case.attempted

    def note(self, answer):
        with self.counted:
            self.acknowledged += 1
            if self.acknowledged == self.writes:
                self.service.send_signal(signal.SIGKILL)
        if answer.status != 201:
            raise AssertionError(f"unexpected: {answer!r}")


class Crash(ServiceTestCase):
    def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(self):
        choices = random.Random(2025)
        tenants = {}
        writes = 0
        for number in range(KILLS):
            service = self.service()
            tenant = f"tenant-{number // ROUNDS_PER_TENANT:03}"
            if tenant not in tenants:
                tenants[tenant] = []
                self.client(service, token(self.data, tenant)).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
            cases = tenants[tenant]
            bearer = token(self.data, tenant)
            load = Load(service, bearer, str(number), cases, choices.randint(10, 90))
            new = load.join()
            self.assertEqual(service.wait(), -signal.SIGKILL)
            writes += load.acknowledged
            cases += new
            self.check_after_crash(tenant, cases, new)
        service = self.service()
        for tenant, cases in tenants.items():
            self.check(self.client(service, token(self.data, tenant)), cases, cases)
        service.kill()
        self.check_file()
        print(f"{KILLS} kills, {writes} acknowledged writes, none lost")

    def check_after_crash(self, tenant, cases, new):
        service = self.service()
        client = self.client(service, token(self.data, tenant))
        changed = [case for case in cases if case.attempted != case.acknowledged]
        self.check(client, cases, {*new, *changed})
        self.check_retries(client, new)
        service.kill()

    def check(self, client, cases, closely):
        """`closely`: those whose properties are looked at too."""
        rows, counts = client.walk("/contacts/")
        self.assertEqual(set(counts), {len(rows)})
        by_name = {row["name"]: row for row in rows}
        self.assertEqual(len(by_name), len(rows), "a contact was made twice")
        self.assertLessEqual(set(by_name), {case.name for case in cases})
        for case in cases:
            row = by_name.get(case.name)
            if row is None:
                self.assertIsNone(case.answer, f"{case.name} was acknowledged and is lost")
                continue
            if case.answer:
                self.assertEqual(row["id"], case.answer.json["id"])
            if case in closely:
                props = client.expect(200, "GET", f"/contacts/{row['id']}/props/")
                self.assertEqual([prop["id"] for prop in props], row["props"])
                found = number_of(row, props)
                self.assertIn(found, (max(case.acknowledged, 0), case.attempted))
                case.acknowledged = case.attempted = found
        self.check_derived(client, rows)

    def check_derived(self, client, rows):
        for status in ("active", "inactive"):
            wanted = [row["id"] for row in rows if row["status"] == status]
            page = client.expect(200, "GET", f"/contacts/?page_size=1&status={status}")
            self.assertEqual(page["count"], len(wanted))
            found, _ = client.walk(f"/contacts/?status={status}")
            self.assertEqual([row["id"] for row in found], wanted)
        for tag in ("all", *(f"tag{number}" for number in range(7))):
            wanted = [row["id"] for row in rows if tag in row["tags"]]
            found, counts = client.walk(f"/contacts/?tags={tag}")
            self.assertEqual([row["id"] for row in found], wanted)
            self.assertEqual(set(counts), {len(wanted)})

    def check_retries(self, client, new):
        """What every client would do that got no answer; and some that did."""
        before = client.expect(200, "GET", "/contacts/?page_size=1")["count"]
        added = 0
        unanswered = [case for case in new if case.key and not case.answer]
        answered = [case for case in new if case.key and case.answer]
        for case in unanswered + answered[-3:]:
            retried = client.post("/contacts/", revision(case.name, 0), key=case.key)
            self.assertEqual(retried.status, 201, retried)
            replayed = retried.headers.get("Idempotency-Replayed") == "true"
            added += not replayed
            if case.answer:
                self.assertTrue(replayed)
                self.assertEqual(retried.content, case.answer.content)
            case.answer = retried
        after = client.walk("/contacts/")[0]
        self.assertEqual(len(after), before + added)
        names = [row["name"] for row in after]
        for case in unanswered:
            self.assertEqual(names.count(case.name), 1)
            case.acknowledged = 0

    def check_file(self):
        copy = self.folder / "copy"
        copy.mkdir()
        for name in ("contacts.db", "contacts.db-wal"):
            if (self.data / name).exists():
                shutil.copy(self.data / name, copy / name)
        database = sqlite3.connect(copy / "contacts.db")
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])


class CrashAtStart(ServiceTestCase):
    def test_a_kill_at_any_moment_of_the_first_start_leaves_a_store_that_opens(self):
        choices = random.Random(2026)
        for number in range(10):
            data = self.folder / f"data{number}"
            self.kill_while_starting(data, choices.choice(["contacts.db", "contacts.db-wal", "contacts.db.lock"]))
            client = self.client(self.service(data=data))
            client.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def kill_while_starting(self, data, file_name):
        process = subprocess.Popen([binary(), "serve", "--data", data, "--listen", "127.0.0.1:0"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment())
        wait_until(lambda: os.path.exists(data / file_name) or process.poll() is not None, what=file_name)
        process.kill()
        process.wait()


if __name__ == "__main__":
    unittest.main()
