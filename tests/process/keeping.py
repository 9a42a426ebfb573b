"""What the tests of backup and restore have in common: a store, a file for its copy, and what a refusal looks like."""
from harness import ServiceTestCase, run_program
from stores import contents_of, fill


class KeepingTestCase(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.store = self.data / "contacts.db"
        self.file = self.folder / "copies" / "contacts.backup"
        self.file.parent.mkdir()

    def done(self, *command):
        ended = run_program(*command)
        self.assertEqual(ended.returncode, 0, ended)
        return ended.stdout

    def back_up(self):
        return self.done("backup", "--data", self.data, "--to", self.file)

    def refused(self, words, *command, status=1):
        """One line with these words; neither the store nor the copies have changed."""
        before = [contents_of(folder) if folder.is_dir() else None for folder in (self.data, self.file.parent)]
        ended = run_program(*command)
        self.assertEqual((ended.returncode, ended.stdout), (status, ""), ended)
        if status == 1:
            self.assertRegex(ended.stderr, r"^((Backup|Restore) \d+ %\n)*contactd: [^\n]*\n$")
        for word in words:
            self.assertIn(word, ended.stderr)
        after = [contents_of(folder) if folder.is_dir() else None for folder in (self.data, self.file.parent)]
        self.assertEqual(after, before)

    def filled_store(self, contacts=10):
        service = self.service()
        ids = fill(self.client(service), contacts)
        self.assertEqual(service.stop(), 0)
        return ids
