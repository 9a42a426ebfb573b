"""`contactd sandbox`: what it makes, that a second run adds nothing, and that after a kill the next one goes on."""
import collections
import os
import pty
import re
import signal
import subprocess
import unittest

from harness import ServiceTestCase, binary, clean_environment, contact_body, run_program, token

TENANT = "sandbox-lender"
CHILDREN = "props,addresses,banks,relations"
EXAMPLE = {"name": "Sukumar", "ref_id": "jijkdmkdoedmsaad", "status": "active", "type": "individual",
           "tags": ["string"], "refs": {}, "branch_id": "", "namespace": "Vayana",
           "props": [{"key": "pan_no", "type": "number", "value": "123254684"}]}


class SandboxTestCase(ServiceTestCase):
    def make(self, data=None, *options):
        made = run_program("sandbox", "--data", data or self.data, *options)
        self.assertEqual((made.returncode, made.stdout), (0, ""), made)
        return made.stderr

    def tenants_client(self, service, tenant=TENANT):
        return self.client(service, token(service.data, tenant, "sandbox-operator"))

    def everything(self, data=None):
        """All that the tenant has, without ids and times: for each reference the contact, its children, its past."""
        service = self.service(data=data)
        client = self.tenants_client(service)
        contacts, counts = client.walk("/contacts/?expand=" + CHILDREN)
        self.assertEqual(set(counts), {len(contacts)})
        names = {contact["id"]: contact["ref_id"] for contact in contacts}
        found = {contact["ref_id"]: self.portrait(client, contact, names) for contact in contacts}
        self.assertEqual(len(found), len(contacts), "references are unique")
        totals = {kind: client.expect(200, "GET", f"/contacts/{kind}/?page_size=1")["count"]
                  for kind in ("addresses", "banks", "relations")}
        totals["contacts"], totals["namespaces"] = len(contacts), len(client.walk("/namespaces/")[0])
        self.assertEqual(service.stop(), 0)
        return found, totals

    @staticmethod
    def portrait(client, contact, names):
        history, _ = client.walk(f"/contacts/{contact['id']}/history/")
        own = [relation for relation in contact["relations"] if relation["contact"] == contact["id"]]
        return {
            **{field: contact.get(field) for field in ("name", "namespace", "status", "type", "tags", "rm_id",
                                                       "branch_id", "created_by", "updated_by")},
            "approval": [contact["approval"][field] for field in ("state", "by", "reason")],
            "props": sorted((prop["key"], prop["type"], prop["value"]) for prop in contact["props"]),
            "addresses": sorted(address["address_line"] for address in contact["addresses"]),
            "banks": sorted((bank["ifsc"], bank["account_no"]) for bank in contact["banks"]),
            "relations": sorted((relation["type"], names.get(relation["related_contact"]), relation.get("name"))
                                for relation in own),
            "history": sorted((entry["request_id"], entry["action"], entry["resource"], entry["by"])
                              for entry in history),
        }


class Contents(SandboxTestCase):
    def test_it_has_something_of_everything(self):
        self.make()
        found, totals = self.everything()
        self.assertEqual((totals["contacts"], totals["namespaces"]), (400, 4))
        self.assertGreaterEqual(totals["addresses"], 400)
        self.assertGreater(min(totals["banks"], totals["relations"]), 100)
        people = found.values()
        states = collections.Counter((person["approval"][0], person["status"]) for person in people)
        for state in (("pending", "active"), ("approved", "active"), ("approved", "inactive"),
                      ("rejected", "inactive")):
            self.assertGreater(states[state], 5, state)
        self.assertNotIn(("rejected", "active"), states)
        for person in people:
            self.assertEqual(person["approval"][0] == "rejected", person["approval"][2] is not None)
            self.assertNotEqual(person["approval"][1], person["created_by"])
        spaces = collections.Counter(person["namespace"] for person in people)
        self.assertEqual(set(spaces), {"Retail Lending", "MSME Lending", "Gold Loans"})
        self.assertEqual({person["type"] for person in people}, {"individual", "corporate"})
        relations = {relation[0] for person in people for relation in person["relations"]}
        self.assertLessEqual({"father", "mother", "spouse", "child", "friend", "co_applicant", "guarantor", "witness",
                              "nominee"}, relations)
        actions = {entry[1] for person in people for entry in person["history"]}
        self.assertEqual(actions, {"create", "update", "active", "inactive", "approve", "reject"})

    def test_the_published_example_works_as_it_stands(self):
        self.make()
        client = self.tenants_client(self.service())
        client.expect(201, "POST", "/contacts/", EXAMPLE)
        again = client.post("/contacts/", EXAMPLE)
        self.assertEqual((again.status, again.code), (409, "already_exists"))

    def test_new_references_begin_this_year(self):
        self.make()
        client = self.tenants_client(self.service())
        for space, reference in (("Retail Lending", r"RTL-\d{4}-00001"), ("MSME Lending", r"MSME/\d{4}/0001"),
                                 ("Gold Loans", r"GL\d\d00001")):
            made = client.expect(201, "POST", "/contacts/", contact_body("Somebody New", space))
            self.assertRegex(made["ref_id"], f"^{reference}$")

    def test_other_tenants_and_sizes(self):
        self.make(None, "--tenant", "another-lender", "--contacts", "25")
        service = self.service()
        self.assertEqual(self.tenants_client(service, "another-lender").expect(200, "GET", "/contacts/")["count"], 25)
        self.assertEqual(self.tenants_client(service).expect(200, "GET", "/contacts/")["count"], 0)


class Again(SandboxTestCase):
    def test_a_second_run_adds_nothing(self):
        said = self.make()
        self.assertRegex(said, r"400 contacts, 400 of them new, by [1-9]\d{3} new requests\n$")
        first = self.everything()
        self.assertRegex(self.make(), r"400 contacts, 0 of them new, by 0 new requests\n$")
        self.assertEqual(self.everything(), first)

    def test_a_larger_one_adds_only_the_rest(self):
        self.make(None, "--contacts", "100")
        self.assertIn("250 contacts, 150 of them new", self.make(None, "--contacts", "250"))
        self.make(self.folder / "once", "--contacts", "250")
        self.assertEqual(self.everything(), self.everything(self.folder / "once"))

    def test_what_users_changed_stays(self):
        self.make()
        service = self.service()
        client = self.tenants_client(service)
        chosen = client.expect(200, "GET", "/contacts/?page_size=60&approval=approved&namespace=Retail+Lending")
        self.assertEqual(len(chosen["results"]), 60)
        for contact in chosen["results"]:
            path = f"/contacts/{contact['id']}/"
            client.expect(201, "PATCH", path, {"name": "Another Name", "rm_id": "rm-99", "props": []})
            client.expect(200, "PUT", path + "reject/", {"reason": "For the test"})
        for address in client.expect(200, "GET", "/contacts/addresses/?page_size=50")["results"]:
            client.expect(204, "DELETE", f"/contacts/addresses/{address['id']}/")
        service.stop()
        changed = self.everything()
        self.assertRegex(self.make(), r" 0 of them new, by 0 new requests\n$")
        self.assertEqual(self.everything(), changed)


class Killed(SandboxTestCase):
    def kill_at(self, percent):
        """Kills a run as soon as it says that it is that far; nothing gentler than SIGKILL."""
        command = [binary(), "sandbox", "--data", str(self.data), "--contacts", "800"]
        with subprocess.Popen(command, env=clean_environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                              text=True) as process:
            for line in process.stderr:
                if line == f"Sandbox {percent} %\n":
                    process.send_signal(signal.SIGKILL)
        self.assertEqual(process.returncode, -signal.SIGKILL, "it was still running")

    def test_it_is_taken_up_where_it_stopped(self):
        whole = self.folder / "whole"
        self.make(whole, "--contacts", "800")
        wanted, totals = self.everything(whole)
        done = 0
        for percent in (10, 20, 40, 60):
            self.kill_at(percent)
            found, so_far = self.everything()
            steps = sum(len(person["history"]) for person in found.values())
            self.assertGreater(steps, done, f"at {percent} % it had gone on")
            self.assertNotEqual(so_far, totals, f"at {percent} % something is missing")
            done = steps
        self.make(None, "--contacts", "800")
        self.assertEqual(self.everything(), (wanted, totals))


class Words(SandboxTestCase):
    def test_wrong_options(self):
        data = ("--data", self.data)
        for word, options in (("--data", ()), ("--contacts", (*data, "--contacts", "2")),
                              ("--contacts", (*data, "--contacts", "many")), ("tenant", (*data, "--tenant", "short")),
                              ("--store", (*data, "--store", "mysql://host/base"))):
            ended = run_program("sandbox", *options)
            self.assertEqual((ended.returncode, ended.stdout), (2, ""), options)
            self.assertIn(word, ended.stderr)
        self.assertFalse(self.data.exists(), "a wrong option leaves nothing behind")

    def test_not_beside_a_running_service(self):
        service = self.service()
        ended = run_program("sandbox", "--data", self.data)
        self.assertEqual(ended.returncode, 1)
        self.assertIn(str(service.process.pid), ended.stderr)

    def test_a_terminal_gets_a_bar(self):
        master, slave = pty.openpty()
        with subprocess.Popen([binary(), "sandbox", "--data", str(self.data), "--contacts", "50"],
                              env=clean_environment(), stderr=slave, stdout=subprocess.DEVNULL) as process:
            os.close(slave)
            shown = b""
            while True:
                try:
                    some = os.read(master, 65536)
                except OSError:   # the other side has closed
                    break
                if not some:
                    break
                shown += some
        os.close(master)
        self.assertEqual(process.returncode, 0)
        steps = re.findall(rb"\rSandbox \[(#* *)\] +(\d+) %", shown)
        self.assertGreater(len(steps), 20)
        self.assertEqual(steps[-1], (b"#" * 40, b"100"))
        self.assertEqual([int(percent) for _, percent in steps], sorted(int(percent) for _, percent in steps))
        self.assertNotRegex(shown, rb"(?m)^Sandbox \d+ %")


if __name__ == "__main__":
    unittest.main()
