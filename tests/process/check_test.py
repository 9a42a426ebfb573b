"""`contactd check`: a sound store is called sound, also beside a service that writes; each kind of damage is found, and
what follows from the rows is mended."""
import threading
import unittest

from harness import ServiceTestCase, contact_body, run_program, token
from stores import ask, change, contents_of, damage_page, fill, make_old_store

SOUND, DAMAGED, NOT_CHECKED = 0, 1, 2


class CheckTestCase(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.store = self.data / "contacts.db"

    def check(self, status, *options):
        """What it said."""
        ended = run_program("check", "--data", self.data, *options)
        self.assertEqual(ended.returncode, status, ended)
        if status != NOT_CHECKED:
            self.assertEqual(ended.stderr, "")
            return ended.stdout
        self.assertEqual(ended.stdout, "")
        self.assertRegex(ended.stderr, r"^contactd: [^\n]*\n$")
        return ended.stderr

    def filled_store(self, contacts=30):
        service = self.service()
        ids = fill(self.client(service), contacts)
        self.assertEqual(service.stop(), 0)
        return ids


class Sound(CheckTestCase):
    def test_every_kind_of_work_leaves_a_sound_store(self):
        made = run_program("sandbox", "--data", self.data, "--contacts", "60")
        self.assertEqual(made.returncode, 0, made)
        service = self.service()
        bearer = token(self.data)
        api = self.client(service, bearer)
        ids = fill(api)
        api.expect(200, "POST", "/contacts/dedupe/", {"name": "Person A"})
        namespace = api.expect(200, "GET", "/namespaces/")["results"][0]["id"]
        api.expect(201, "POST", f"/namespaces/{namespace}/account_refs/")
        for number, contact in enumerate(ids):
            answer = api.patch(f"/contacts/{contact}/", {"name": f"Changed {number % 4}", "tags": ["gold", "new"]})
            self.assertLess(answer.status, 300, answer)
            if number % 3 == 0:
                self.assertLess(api.request("PUT", f"/contacts/{contact}/inactive/").status, 300)
        relation = api.expect(201, "POST", "/contacts/relations/", {
            "contact": ids[0], "type": "friend", "related_contact": ids[1]})["id"]
        self.assertLess(api.patch(f"/contacts/relations/{relation}/", {"related_contact": ids[2]}).status, 300)
        api.expect(204, "DELETE", f"/contacts/relations/{relation}/")
        address = api.expect(200, "GET", "/contacts/addresses/")["results"][0]["id"]
        api.expect(204, "DELETE", f"/contacts/addresses/{address}/")
        self.assertEqual(self.check(SOUND), f"{self.store} is sound\n")
        self.assertEqual(service.stop(), 0)
        before = contents_of(self.data)
        self.check(SOUND)
        self.assertEqual(contents_of(self.data), before)
        self.check(SOUND, "--repair")

    def test_an_empty_store(self):
        self.assertEqual(self.service().stop(), 0)
        self.check(SOUND)

    def test_beside_a_service_that_writes(self):
        service = self.service()
        api = self.client(service)
        ids = fill(api)
        stopping, trouble = threading.Event(), []

        def write(place):
            client, number = self.client(service), 0
            while not stopping.is_set():
                answer = client.patch(f"/contacts/{ids[place]}/", {"name": f"Name {number % 7}", "tags": [
                    f"t{number % 5}"]})
                made = client.post("/contacts/", contact_body(f"Load {number % 9}", tags=["load"]))
                if answer.status >= 300 or made.status != 201:
                    trouble.append((answer, made))
                    return
                number += 1

        threads = [threading.Thread(target=write, args=(place,)) for place in range(3)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(6):
                self.check(SOUND)
        finally:
            stopping.set()
            for thread in threads:
                thread.join()
        self.assertEqual(trouble, [])
        self.assertIn("in use by process", self.check(NOT_CHECKED, "--repair"))


class Damage(CheckTestCase):
    """One store, copied for each kind of damage."""

    def setUp(self):
        super().setUp()
        self.ids = self.filled_store()

    def found(self, words, *statements, mends=True):
        """Damages the store, which was sound, and finds just that; mends it when that can be."""
        change(self.store, *statements)
        said = self.check(DAMAGED)
        for word in words:
            self.assertIn(word, said)
        self.assertLessEqual(said.count("\n"), 25)
        self.check(DAMAGED)
        said = self.check(SOUND if mends else DAMAGED, "--repair")
        if mends:
            self.assertIn("is sound", said)
            self.check(SOUND)
        return said

    def test_a_wrong_count(self):
        self.found(("contacts_counts: ", "says 31, there are 30"), "UPDATE contacts_counts SET total = total + 1")
        self.found(("banks_counts: ", "says 0, there are 10"), "DELETE FROM banks_counts")
        self.found(("contacts_counts: ", "says 5, there are 0"),
                   "INSERT INTO contacts_counts SELECT tenant_id, namespace_id, 'inactive', type, approval_state, 5 "
                   "FROM contacts_counts")
        api = self.client(self.service())
        self.assertEqual(api.expect(200, "GET", "/contacts/?status=active")["count"], 30)

    def test_wrong_labels(self):
        self.found(("contacts_tags: lacks a label of row " + self.ids[3],),
                   f"DELETE FROM contacts_tags WHERE tag = 'gold' AND id = '{self.ids[3]}'")
        self.found(("contacts_tags: has a label that row " + self.ids[4],),
                   f"INSERT INTO contacts_tags SELECT tenant_id, 'golden', id, namespace_id, status, type, "
                   f"approval_state FROM contacts_tags WHERE tag = 'gold' AND id = '{self.ids[4]}'")
        self.found(("contacts_tags: lacks a label of row " + self.ids[5],),
                   f"UPDATE contacts_tags SET status = 'inactive' WHERE id = '{self.ids[5]}'")
        self.found(("addresses_tags: has a label that row nobody",),
                   "INSERT INTO addresses_tags (tenant_id, tag, id) VALUES (1, 'home', 'nobody')")
        api = self.client(self.service())
        self.assertEqual(api.expect(200, "GET", "/contacts/?tags=gold")["count"], 30)

    def test_search_that_differs_from_the_rows(self):
        self.found(("contacts_search: differs from the row at place",),
                   f"UPDATE contacts SET name = 'Somebody Else' WHERE id = '{self.ids[6]}'")
        # A key of duplicates.
        self.found(("contacts_search: differs",),
                   f"UPDATE contacts SET props = replace(props, 'ABCDE0007F', 'ABCDE9999F') "
                   f"WHERE id = '{self.ids[7]}'")
        self.found(("banks_search: differs",), "UPDATE banks SET account_no = '99999' WHERE account_no = '10003'")
        # Tokens of a segment that are gone.
        self.found(("contacts_search: ",), "DELETE FROM contacts_search_data WHERE id > 1000")
        self.found(("addresses_search: was made by another version",),
                   "UPDATE derived_versions SET version = 'older' WHERE name = 'addresses_search'")
        api = self.client(self.service())
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=somebody")["count"], 1)

    def test_a_missing_index(self):
        self.found(("contacts_by_name: the index is missing",), "DROP INDEX contacts_by_name")

    def test_rows_that_share_what_must_be_unique(self):
        self.found(("contacts_by_ref_id_namespace_id: the index is missing", "have the same ref_id"),
                   "DROP INDEX contacts_by_ref_id_namespace_id",
                   f"UPDATE contacts SET ref_id = 'C/000001' WHERE id = '{self.ids[8]}'", mends=False)

    def test_references_to_nothing(self):
        self.found(("references: addresses: a row", "refers to one of contacts"),
                   "UPDATE addresses SET contact_id = 'nobody' WHERE place = (SELECT MAX(place) FROM addresses)",
                   mends=False)

    def test_a_history_that_is_not_the_rows(self):
        said = self.found(("contacts: row " + self.ids[9] + " has no history",),
                          f"DELETE FROM history WHERE contact_id = '{self.ids[9]}'", mends=False)
        self.assertIn("has no history", said)

    def test_a_history_with_holes(self):
        self.found(("has version 7, its history 1 changes", "is missing, its history goes on"),
                   f"UPDATE contacts SET version = 7 WHERE id = '{self.ids[2]}'",
                   "DELETE FROM banks WHERE account_no = '10004'", mends=False)

    def test_rows_out_of_their_places(self):
        self.found(("stands with another tenant's",),
                   f"UPDATE contacts SET place = place + (5 << 40) WHERE id = '{self.ids[29]}'", mends=False)
        said = self.found(("stands behind a newer one",),
                          f"UPDATE contacts SET place = place + 100 WHERE id = '{self.ids[0]}'", mends=False)
        self.assertIn("stands", said)

    def test_so_much_that_not_all_is_told(self):
        change(self.store, "UPDATE contacts SET version = version + 1")
        said = self.check(DAMAGED).splitlines()
        self.assertEqual(len(said), 21)
        self.assertEqual(said[-1], "contacts: more of that kind")

    def test_a_damaged_page(self):
        for table in ("contacts", "contacts_tags", "history"):
            with self.subTest(table=table):
                self.data = self.folder / table
                self.store = self.data / "contacts.db"
                self.filled_store()
                root = ask(self.store, f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")[0][0]
                damage_page(self.store, root)
                self.assertIn("file: ", self.check(DAMAGED))
                before = contents_of(self.data)
                ended = run_program("check", "--data", self.data, "--repair")
                self.assertEqual(ended.returncode, DAMAGED, ended)
                self.assertIn("restore a backup", ended.stderr)
                self.assertEqual(contents_of(self.data), before)

    def test_a_missing_table(self):
        change(self.store, "DROP TABLE contacts_counts")
        self.assertIn("contacts_counts: the table is missing", self.check(DAMAGED))


class NotChecked(CheckTestCase):
    def test_what_cannot_be_checked(self):
        self.assertIn("there is no store", self.check(NOT_CHECKED))
        self.assertIn("there is no store", self.check(NOT_CHECKED, "--repair"))
        self.assertFalse(self.data.exists())
        make_old_store(self.data)
        self.assertIn("contactd migrate", self.check(NOT_CHECKED))
        self.store.unlink()
        self.store.write_bytes(b"this is no database, but it is somebody's file\n" * 400)
        self.assertIn("is not a store of contactd", self.check(NOT_CHECKED))
        self.store.unlink()
        change(self.store, "CREATE TABLE orders (id INTEGER)")
        self.assertIn("is not a store of contactd", self.check(NOT_CHECKED))

    def test_wrong_options(self):
        for options in (("check",), ("check", "--data", self.data, "--mend"),
                        ("check", "--data", self.data, "--store", "mysql://host/base")):
            ended = run_program(*options)
            self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended)


if __name__ == "__main__":
    unittest.main()
