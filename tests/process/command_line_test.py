"""What an operator types: options, variables and the file of settings, and what is said about a wrong one."""
import socket
import stat
import threading
import unittest

from harness import Service, ServiceTestCase, binary, run_program


class Words(ServiceTestCase):
    def test_help_and_version(self):
        for arguments, words in ((["--help"], ("serve", "token", "sandbox")),
                                 (["token", "--help"], ("--tenant", "--ttl")),
                                 (["serve", "--help"], ("--data", "--listen", "--metrics"))):
            shown = run_program(*arguments)
            self.assertEqual((shown.returncode, shown.stderr), (0, ""), arguments)
            for word in words:
                self.assertIn(word, shown.stdout)
        shown = run_program("--version")
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertRegex(shown.stdout, r"^contactd \d+\.\d+\.\d+\n$")

    def refused(self, word, *arguments, **settings):
        """Exit status 2, and a message that names the option."""
        with self.subTest(arguments=[str(argument) for argument in arguments]):
            ended = run_program(*arguments, **settings)
            self.assertEqual(ended.returncode, 2, ended)
            self.assertIn(word, ended.stderr)
            self.assertEqual(ended.stdout, "")

    def test_bad_options_of_serve(self):
        data = ("--data", self.data)
        self.refused("--data", "serve")
        self.refused("--nonsense", "serve", *data, "--nonsense", "1")
        self.refused("--data", "serve", "--data")
        self.refused("stray", "serve", *data, "stray")
        for value in ("nowhere", "127.0.0.1:", ":80", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x"):
            self.refused("--listen", "serve", *data, "--listen", value)
        for value in ("0", "257", "two", "-1", "1.5"):
            self.refused("--threads", "serve", *data, "--threads", value)
        for option in ("--group-requests-max", "--queue-requests-max", "--connections-max", "--long-read-threads"):
            self.refused(option, "serve", *data, option, "0")
        self.refused("--metrics", "serve", *data, "--metrics", "9100")
        self.refused("--store", "serve", *data, "--store", "mysql://host/base")
        self.refused("--store", "serve", *data, "--store", "sqlite:")
        self.refused("--log", "serve", *data, "--log", "somewhere")
        self.refused("--config", "serve", *data, "--config", self.folder / "missing.toml")
        self.assertFalse(self.data.exists(), "a wrong option leaves nothing behind")

    def test_bad_commands(self):
        self.refused("subcommand")
        self.refused("nonsense", "nonsense")

    def test_bad_options_of_token(self):
        good = {"--data": self.data, "--tenant": "tenant-one", "--user": "user-one1"}
        for missing in good:
            self.refused(missing, "token", *(part for pair in good.items() if pair[0] != missing for part in pair))
        base = [part for pair in good.items() for part in pair]
        self.refused("tenant", "token", *base[:2], *base[4:], "--tenant", "short")
        self.refused("user", "token", *base[:4], "--user", "with space")
        self.refused("contacts:fly", "token", *base, "--scope", "contacts:fly")
        for ttl in ("", "0s", "1", "1w", "h", "-1h", "1.5h", "1h30m", "100000d", " 1h"):
            self.refused("time to live", "token", *base, "--ttl", ttl)
        self.assertFalse(self.data.exists(), "a wrong option leaves nothing behind")


class Precedence(ServiceTestCase):
    """Flag before variable before file before default, watched at the port and the group size."""

    def setUp(self):
        super().setUp()
        self.file = self.folder / "settings.toml"
        self.ports = [free_port() for _ in range(3)]

    def listens(self, *options, variables=None):
        """Where it listens with these settings."""
        service = FreeService(self.data, *options, variables=variables)
        self.addCleanup(service.end)
        service.start()
        service.stop()
        return service.port

    def test_flag_then_variable_then_file(self):
        flag, variable, file = self.ports
        self.file.write_text(f'data = "{self.data}"\nlisten = "127.0.0.1:{file}"\nthreads = 1\n')
        in_file = ("--config", self.file)
        in_variable = {"CONTACTD_LISTEN": f"127.0.0.1:{variable}"}
        self.assertEqual(self.listens(*in_file), file)
        self.assertEqual(self.listens(*in_file, variables=in_variable), variable)
        self.assertEqual(self.listens(*in_file, "--listen", f"127.0.0.1:{flag}", variables=in_variable), flag)
        self.assertEqual(self.listens(variables={"CONTACTD_CONFIG": str(self.file)}), file)
        # What the file alone gives does not hide what it must not: data from the variable wins, listen is the file's.
        elsewhere = self.folder / "elsewhere"
        self.assertEqual(self.listens(*in_file, variables={"CONTACTD_DATA": str(elsewhere)}), file)
        self.assertTrue((elsewhere / "contacts.db").exists())

    def refused(self, words, text):
        with self.subTest(text=text):
            self.file.write_text(text)
            # Where nobody can listen: were the file taken, it would end with 1.
            variables = {} if "listen" in words else {"CONTACTD_LISTEN": f"127.0.0.1:{self.taken}"}
            ended = run_program("serve", "--data", self.data, "--config", self.file, variables=variables)
            self.assertEqual(ended.returncode, 2, ended)
            for word in words:
                self.assertIn(word, ended.stderr)
            self.assertEqual(ended.stdout, "")

    def test_wrong_files(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.taken = listener.getsockname()[1]
        name = str(self.file)
        self.refused((name, "nonsense"), "nonsense = 1\n")
        self.refused((name, "group-requests-max"), "group-requests-max = 1\n")   # keys have _ for -
        self.refused((name, "config"), 'config = "other.toml"\n')
        self.refused((name, "help"), "help = true\n")
        self.refused((name,), "threads = \n")
        self.refused((name,), "threads = 1\nthreads = 2\n")
        for value in ('"two"', "[1]", "{}", "1.5", "0", "true", "2020-01-01"):
            self.refused(("threads",), f"threads = {value}\n")
        self.refused(("listen",), "listen = 8080\n")
        self.refused(("log",), "log = 1\n")

    def test_a_wrong_variable(self):
        ended = run_program("serve", "--data", self.data, variables={"CONTACTD_THREADS": "many"})
        self.assertEqual(ended.returncode, 2, ended)
        self.assertRegex(ended.stderr, "--threads|CONTACTD_THREADS")


class FreeService(Service):
    """Without options that the test did not give."""

    def command(self):
        return [binary(), "serve", *map(str, self.options)]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Trouble(ServiceTestCase):
    def test_the_port_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"127.0.0.1:{listener.getsockname()[1]}"
            for option in ("--listen", "--metrics"):
                options = {"--listen": "127.0.0.1:0", option: address}
                ended = run_program("serve", "--data", self.data, *(part for pair in options.items() for part in pair))
                self.assertEqual(ended.returncode, 1, ended)
                self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
                self.assertRegex(ended.stderr, rf"^contactd: cannot .*{address}.*\n$")
        self.service()   # nothing is left behind that would hinder

    def test_a_file_that_is_no_store(self):
        self.data.mkdir()
        (self.data / "contacts.db").write_bytes(b"this is no database, but it is somebody's file\n" * 400)
        before = (self.data / "contacts.db").read_bytes()
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0")
        self.assertEqual(ended.returncode, 1, ended)
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
        self.assertEqual((self.data / "contacts.db").read_bytes(), before)

    def test_data_is_a_file(self):
        self.data.write_text("")
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0")
        self.assertEqual(ended.returncode, 1, ended)
        self.assertIn(str(self.data), ended.stderr)


class Secret(ServiceTestCase):
    def test_both_commands_make_it_private_and_agree(self):
        for maker in ("token", "serve"):
            data = self.folder / maker
            service = self.service(data=data) if maker == "serve" else None
            printed = run_program("token", "--data", data, "--tenant", "tenant-one", "--user", "user-one1")
            self.assertEqual((printed.returncode, printed.stderr), (0, ""))
            self.assertRegex(printed.stdout, r"^[\w-]+\.[\w-]+\.[\w-]+\n$")
            secret = data / "dev-secret"
            self.assertEqual(stat.S_IMODE(secret.stat().st_mode), 0o600)
            self.assertRegex(secret.read_text(), r"^[\w-]{43,}\n$")
            self.client(service or self.service(data=data), printed.stdout.strip()).expect(200, "GET", "/contacts/")

    def test_many_first_commands_at_once_make_one_secret(self):
        printed = []

        def run():
            printed.append(run_program("token", "--data", self.data, "--tenant", "tenant-one", "--user", "user-one1"))

        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        service = self.service()
        for each in printed:
            self.assertEqual(each.returncode, 0, each)
            self.client(service, each.stdout.strip()).expect(200, "GET", "/contacts/")
        self.assertEqual([path.name for path in self.data.iterdir() if path.name.startswith("dev-")], ["dev-secret"])

    def test_a_secret_that_others_can_read_is_refused(self):
        self.service().stop()
        (self.data / "dev-secret").chmod(0o644)
        for command, options in (("serve", ("--listen", "127.0.0.1:0")),
                                 ("token", ("--tenant", "tenant-one", "--user", "user-one1"))):
            ended = run_program(command, "--data", self.data, *options)
            self.assertEqual(ended.returncode, 1, ended)
            self.assertIn("dev-secret", ended.stderr)


if __name__ == "__main__":
    unittest.main()
