"""What was written is there after a restart: every resource, cursors on their way, answers kept for their key."""
import unittest
from urllib.parse import quote

from harness import ServiceTestCase, contact_body, token


class Restart(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.first = self.service()
        self.bearer = token(self.data)
        self.api = self.client(self.first, self.bearer)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def restart(self):
        self.assertEqual(self.first.stop(), 0)
        return self.client(self.service(), self.bearer)

    def test_every_resource_is_there_as_it_was(self):
        paths = self.make_one_of_each()
        before = {path: self.api.get(path) for path in paths}
        self.assertEqual({path: answer for path, answer in before.items() if answer.status != 200}, {})
        again = self.restart()
        for path, answer in before.items():
            after = again.get(path)
            self.assertEqual((after.status, after.content), (200, answer.content), path)
            self.assertEqual(after.headers.get("ETag"), answer.headers.get("ETag"), path)

    def make_one_of_each(self):
        """Gives the paths to look at."""
        def create(path, body):
            return self.api.expect(201, "POST", path, body)["id"]

        props = [{"key": "pan_no", "type": "text", "value": "ABCDE1234F"},
                 {"key": "known", "type": "boolean", "value": "true"}]
        namespace = create("/namespaces/", {"name": "Second", "contact_counter": 7, "approval_policy": "four_eyes"})
        contact = create("/contacts/", contact_body("Asha Rao", ref_id="a/1", tags=["b", "a"], refs={"n": 1.5},
                                                    props=props))
        other = create("/contacts/", contact_body("Vikram Rao"))
        address = create("/contacts/addresses/", {"contact_id": contact, "city": "Pune", "coords": {"lat": 1.5},
                                                  "tags": ["home"]})
        bank = create("/contacts/banks/", {"contact_id": contact, "account_holder_name": "Asha Rao",
                                           "account_no": "1234567890", "ifsc": "HDFC0001234"})
        relation = create("/contacts/relations/", {"contact": contact, "type": "spouse", "related_contact": other})
        self.api.expect(200, "PUT", f"/contacts/{other}/inactive/")
        one = [f"/namespaces/{namespace}/", f"/contacts/{contact}/", f"/contacts/{contact}/props/",
               f"/contacts/{other}/", f"/contacts/addresses/{address}/", f"/contacts/banks/{bank}/",
               f"/contacts/relations/{relation}/"]
        many = ["/contacts/?status=inactive", "/contacts/?tags=a", "/contacts/addresses/?tags=home", "/namespaces/",
                f"/contacts/relations/?contact={contact}", "/contacts/banks/"]
        return one + many

    def test_a_cursor_goes_on_where_it_was(self):
        ids = [self.api.expect(201, "POST", "/contacts/", contact_body(f"Person {n}"))["id"] for n in range(25)]
        page = self.api.expect(200, "GET", "/contacts/?page_size=10&ordering=created_at")
        seen = [row["id"] for row in page["results"]]
        again = self.restart()
        added = again.expect(201, "POST", "/contacts/", contact_body("Later"))["id"]
        for _ in range(10):
            if not page["has_next"]:
                break
            cursor = quote(page["next_cursor"], safe="")
            page = again.expect(200, "GET", f"/contacts/?page_size=10&ordering=created_at&cursor={cursor}")
            seen += [row["id"] for row in page["results"]]
        self.assertEqual(seen, [*ids, added])
        self.assertEqual(page["count"], 26)

    def test_a_kept_answer_is_given_again(self):
        body = contact_body("Asha Rao", tags=["once"])
        first = self.api.post("/contacts/", body, key="create-asha")
        self.assertEqual(first.status, 201)
        again = self.restart()
        second = again.post("/contacts/", body, key="create-asha")
        self.assertEqual((second.status, second.content), (201, first.content))
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")
        for name in ("Location", "ETag"):
            self.assertEqual(second.headers[name], first.headers[name])
        other = again.post("/contacts/", contact_body("Somebody Else"), key="create-asha")
        self.assertEqual((other.status, other.code), (422, "idempotency_mismatch"))
        self.assertEqual(again.expect(200, "GET", "/contacts/?tags=once")["count"], 1)

    def test_ids_and_times_go_on_upwards(self):
        before = self.api.expect(201, "POST", "/contacts/", contact_body("Before"))
        after = self.restart().expect(201, "POST", "/contacts/", contact_body("After"))
        self.assertLess(before["id"], after["id"])
        self.assertLess(before["created_at"], after["created_at"])


if __name__ == "__main__":
    unittest.main()
