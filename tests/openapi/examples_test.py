"""Sends every example of the document at /openapi.json to the real program: the answers are as the document shows them.

CONTACTD_BINARY names the program. Each operation is tried in a tenant of its own, which holds what the document's other
examples make.
"""
import json
import re
import sys
import unittest
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "process"))
from document import Document  # noqa: E402
from harness import ServiceTestCase, contact_body, token  # noqa: E402

CONTACT, OTHER_CONTACT = "01JQ8RRBB2XRSVTCG11Y6JKCKH", "01JVVTX6K82VK4X4RBJBGFKG4C"  # As the document calls them.
COLLECTIONS = {"NameSpace": "/namespaces/", "Contact": "/contacts/", "Props": "/contacts/",
               "Address": "/contacts/addresses/", "Bank": "/contacts/banks/", "Relation": "/contacts/relations/"}
UNKNOWN_BEFOREHAND = {"id", "tenant_id", "created_by", "updated_by", "created_at", "updated_at", "by", "at",
                      "request_id", "resource_id"}


def without_what_differs(value, name=""):
    """Ids, times and people become one word; null stays null."""
    if isinstance(value, dict):
        return {key: without_what_differs(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [without_what_differs(item) for item in value]
    if isinstance(value, str) and (name in UNKNOWN_BEFOREHAND or re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", value)):
        return "<one>"
    return value


def example_of(content):
    return content["content"]["application/json"]["example"]


def sample_of(parameter):
    """Values for a query parameter: its example, else something that its schema allows."""
    schema = parameter["schema"]
    if "example" in parameter:
        return [parameter["example"]]
    if "enum" in schema:
        return schema["enum"]
    return [schema.get("default", "true" if schema.get("type") == "boolean" else "sample-1")]


class World:
    """A tenant with what the examples make of it."""

    def __init__(self, case, document, number):
        self.document = document
        self.client = case.client(case.running, token(case.data, f"tenant-{number:04}"))
        self.ids = {}
        self.client.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def body(self, body):
        text = json.dumps(body)
        return json.loads(text.replace(CONTACT, self.ids.get("Contact", CONTACT))
                          .replace(OTHER_CONTACT, self.ids.get("other", OTHER_CONTACT)))

    def request_example(self, path, method):
        return self.body(example_of(self.document["paths"][path][method]["requestBody"]))

    def make(self, tag):
        path = COLLECTIONS[tag]
        made = self.client.expect(201, "POST", path, self.request_example(path, "post"))
        self.ids[tag] = made["id"]

    def change(self, tag):
        path = COLLECTIONS[tag]
        changed = self.client.patch(f"{path}{self.ids[tag]}/", self.request_example(path + "{id}/", "patch"))
        assert changed.status in (200, 201), changed

    def prepare(self, path, method, tag):
        """All that has to be there before the operation."""
        creates = method == "POST" and path == COLLECTIONS.get(tag)
        if tag not in ("Service", "NameSpace") and not (creates and tag == "Contact"):
            self.make("Contact")
            self.change("Contact")
        if tag == "Relation":
            self.ids["other"] = self.client.expect(201, "POST", "/contacts/", contact_body("Lakshmi"))["id"]
        if tag in ("NameSpace", "Address", "Bank", "Relation") and not creates:
            self.make(tag)
            self.change(tag)

    def target(self, path, tag):
        owner = self.ids.get("Contact" if tag == "Props" else tag, "")
        return path.replace("{id}", owner).replace("{key}", "pan_no")


class ExamplesTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.running = self.service()
        self.document = self.client(self.running).expect(200, "GET", "/openapi.json")
        self.worlds = 0

    def world(self, path, method, tag):
        self.worlds += 1
        world = World(self, self.document, self.worlds)
        world.prepare(path, method, tag)
        return world

    def operations(self):
        for path, method, operation in Document(self.document).operations():
            yield path, method, operation, operation["tags"][0]

    def test_requests_are_answered_as_shown(self):
        tried = 0
        for path, method, operation, tag in self.operations():
            with self.subTest(f"{method} {path}"):
                world = self.world(path, method, tag)
                body = world.body(example_of(operation["requestBody"])) if "requestBody" in operation else None
                answer = world.client.request(method, world.target(path, tag), body)
                self.assertIn(str(answer.status), operation["responses"], answer)
                self.assertLess(answer.status, 300, answer)
                if answer.status != 204 and path != "/openapi.json":  # It cannot show itself.
                    self.assert_shown(example_of(operation["responses"][str(answer.status)]), answer.json)
                tried += 1
        self.assertGreater(tried, 30)

    def assert_shown(self, shown, answered):
        shown, answered = without_what_differs(shown), without_what_differs(answered)
        if "next_cursor" in answered:  # A tenant may have more rows than the example shows.
            self.assertEqual(shown.keys(), answered.keys())
            shown, answered = shown["results"][0], answered["results"][0]
        self.assertEqual(shown, answered)

    def test_what_is_not_as_shown_is_noticed(self):
        """The other tests could not fail if this one did."""
        world = self.world("/contacts/{id}/", "GET", "Contact")
        contact = world.client.expect(200, "GET", world.target("/contacts/{id}/", "Contact"))
        self.assert_shown({**contact, "id": CONTACT}, contact)
        for other in ({"name": "Nobody"}, {"updated_by": None}, {"tags": []}, {"mood": "good"}, {"props": []}):
            with self.subTest(str(other)), self.assertRaises(AssertionError):
                self.assert_shown({**contact, **other}, contact)

    def test_every_parameter_is_known(self):
        tried = 0
        for path, method, operation, tag in self.operations():
            queries = [each for each in operation["parameters"] if each.get("in") == "query"]
            for parameter in queries:
                if parameter["name"] == "cursor":
                    continue  # Only an answer has one: test_a_cursor_goes_on.
                for sample in sample_of(parameter):
                    with self.subTest(f"{method} {path} {parameter['name']}={sample}"):
                        world = self.world(path, method, tag)
                        value = ",".join(sample) if isinstance(sample, list) else sample
                        query = urlencode({parameter["name"]: value})
                        answer = world.client.request(method, f"{world.target(path, tag)}?{query}")
                        self.assertLess(answer.status, 300, answer)
                        tried += 1
        self.assertGreater(tried, 60)

    def test_a_cursor_goes_on(self):
        world = self.world("/contacts/{id}/history/", "GET", "Contact")
        path = world.target("/contacts/{id}/history/", "Contact")
        cursor = world.client.expect(200, "GET", path + "?page_size=1")["next_cursor"]
        self.assertEqual(len(world.client.expect(200, "GET", f"{path}?page_size=1&cursor={cursor}")["results"]), 1)

    def test_shown_tags_and_names_are_the_published_ones(self):
        published = {
            "NameSpace": ["Create", "Update", "List", "Delete"],
            "Address": ["Create", "Update", "List", "Retrieve", "Delete"],
            "Bank": ["Create", "Update", "List", "Retrieve", "Delete"],
            "Props": ["Update Props", "Get Props", "Delete Props"],
            "Relation": ["Create", "Update", "List", "Retrieve", "Delete"],
            "Contact": ["Create", "Update", "List", "Retrieve", "Dedupe", "Active", "Inactive", "Reject", "Approve"],
        }
        self.assertEqual([tag["name"] for tag in self.document["tags"]][:len(published)], list(published))
        for tag, names in published.items():
            here = [operation["summary"] for _, _, operation, each in self.operations() if each == tag]
            self.assertEqual([name for name in names if name not in here], [], tag)


if __name__ == "__main__":
    unittest.main()
