"""Everything that the scenarios ask and are answered fits the document at /openapi.json, and they ask for all of it.

CONTACTD_SCENARIOS names the program that runs the scenarios (tests/api); it is run once, and writes down what it sees.
"""
import copy
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from document import Document

COMPLAINTS_SHOWN = 20
# These take a broken store, a slow or broken client, or a full queue: tests/unit and tests/process bring them about.
SEEN_ELSEWHERE = {"internal_error", "unavailable", "overloaded", "storage_full", "request_timeout",
                  "expectation_failed", "not_implemented", "version_not_supported"}


def run_scenarios():
    """All exchanges, as dicts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exchanges"
        subprocess.run([os.environ["CONTACTD_SCENARIOS"], "--gtest_brief=1"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "CONTACTD_EXCHANGES": str(path)})
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    return [json.loads(line) for line in lines if line]


def as_text(exchange):
    return f"{exchange['method']} {exchange['target'][:200]} {(exchange.get('body') or '')[:300]} -> " \
           f"{exchange['status']} {exchange['answer_headers']} {exchange['answer_body'][:600]}"


class ConformanceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchanges = run_scenarios()
        body = next(each["answer_body"] for each in cls.exchanges
                    if each["target"] == "/openapi.json" and each["status"] == 200 and each["method"] == "GET")
        cls.document = Document(json.loads(body))

    def first(self, method, path, status):
        """A copy of the first exchange with that operation and status."""
        for each in self.exchanges:
            found = self.document.find(each["method"], each["target"])
            if each["method"] == method and each["status"] == status and found and found[0] == path:
                return copy.deepcopy(each)
        self.fail(f"no scenario has {method} {path} -> {status}")

    def test_every_answer_fits(self):
        wrong = []
        for exchange in self.exchanges:
            complaints = self.document.complaints(exchange)
            if complaints:
                wrong.append("\n  ".join(complaints[:5]) + "\n  " + as_text(exchange))
        self.assertGreater(len(self.exchanges), 1000)
        self.assertEqual(wrong[:COMPLAINTS_SHOWN], [], f"{len(wrong)} of {len(self.exchanges)}")

    def test_every_success_is_seen(self):
        seen = set()
        for exchange in self.exchanges:
            found = self.document.find(exchange["method"], exchange["target"])
            if found and exchange["method"] != "HEAD":
                seen.add((found[0], found[1], str(exchange["status"])))
        unseen = [(path, method, status) for path, method, operation in self.document.operations()
                  for status in operation["responses"]
                  if status.startswith(("2", "304")) and (path, method, status) not in seen]
        self.assertEqual(unseen, [])

    def test_every_problem_is_seen(self):
        seen = {json.loads(each["answer_body"])["code"] for each in self.exchanges
                if each["status"] >= 400 and each["answer_body"]}
        listed = set()
        for _, _, operation in self.document.operations():
            for response in map(self.document.resolve, operation["responses"].values()):
                problem = response.get("content", {}).get("application/problem+json")
                listed.update(problem["examples"] if problem else [])
        self.assertGreater(len(listed), 20)
        self.assertEqual(listed - seen - SEEN_ELSEWHERE, set())

    def test_what_does_not_fit_is_noticed(self):
        """The other tests could not fail if this one did."""
        def body_with(change):
            exchange = self.first("GET", "/contacts/{id}/", 200)
            body = json.loads(exchange["answer_body"])
            change(body)
            exchange["answer_body"] = json.dumps(body)
            return exchange

        def other(**members):
            return {**self.first("POST", "/contacts/", 201), **members}

        contact = self.first("POST", "/contacts/", 201)
        without_tag = [pair for pair in contact["answer_headers"] if pair[0] != "ETag"]
        bad = {
            "an undocumented member": body_with(lambda body: body.update(colour="red")),
            "a missing member": body_with(lambda body: body.pop("status")),
            "a wrong type": body_with(lambda body: body.update(tags="x")),
            "a word that is no choice": body_with(lambda body: body.update(status="dead")),
            "a member of a group": body_with(lambda body: body["approval"].update(mood="good")),
            "an undocumented status": other(status=202),
            "a missing header": other(answer_headers=without_tag),
            "an undocumented header": other(answer_headers=contact["answer_headers"] + [["X-Mood", "good"]]),
            "a malformed header": other(answer_headers=without_tag + [["ETag", "W/1"]]),
            "an undocumented parameter": other(target="/contacts/?mood=good"),
            "an undocumented member of a request": other(body='{"mood":"good"}'),
            "a problem of another operation": {
                **self.first("DELETE", "/namespaces/{id}/", 409), "method": "PATCH"},
            "a body with 204": {**self.first("DELETE", "/namespaces/{id}/", 204), "answer_body": "{}"},
            "an undocumented path": other(target="/contacts/x/y/z/"),
        }
        for what, exchange in bad.items():
            with self.subTest(what):
                self.assertNotEqual(self.document.complaints(exchange), [])
        self.assertEqual(self.document.complaints(contact), [])


if __name__ == "__main__":
    unittest.main()
