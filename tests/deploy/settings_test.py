"""The service started as deploy/ starts it: with the package's contactd.toml, and asked as the container asks it."""
import re
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEPLOY = HERE.parents[1] / "deploy"
sys.path.insert(0, str(HERE.parent / "process"))
from harness import ServiceTestCase, clean_environment, run_program  # noqa: E402

KEY = """{"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "one",
"x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"""


def settings_of_the_program():
    """Each setting of `serve` that a file may give, with its default as the help shows it."""
    said = run_program("serve", "--help").stdout
    found = dict(re.findall(r"^  --([a-z-]+) (?:TEXT|UINT)[^=\n]*?(?:=(\S+))? \(Env", said, re.M))
    found.pop("config")
    found.pop("data")    # given by the unit and by the image
    return found


class Configuration(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.text = (DEPLOY / "contactd.toml").read_text(encoding="utf-8")

    def test_it_shows_every_setting_with_its_default(self):
        uncommented = tomllib.loads(re.sub(r"(?m)^# (\w+ = )", r"\1", self.text))
        program = settings_of_the_program()
        self.assertGreater(len(program), 10)
        self.assertEqual({name.replace("_", "-") for name in uncommented}, set(program))
        for name, default in program.items():
            if name != "jwks":
                self.assertEqual(str(uncommented[name.replace("-", "_")]), default, name)

    def test_the_service_starts_with_it(self):
        (self.folder / "jwks.json").write_text(KEY, encoding="utf-8")
        (self.folder / "contactd.toml").write_text(
            self.text.replace("/etc/contactd/jwks.json", str(self.folder / "jwks.json")), encoding="utf-8")
        service = self.service("--config", self.folder / "contactd.toml")
        self.client(service, "no.token.here").expect(401, "GET", "/contacts/")
        self.assertFalse((self.data / "dev-secret").exists())

    def test_without_keys_it_says_what_is_missing(self):
        path = self.folder / "contactd.toml"
        path.write_text(self.text.replace("/etc/contactd/jwks.json", "/nowhere/jwks.json"), encoding="utf-8")
        ran = run_program("serve", "--data", self.data, "--config", path, "--listen", "127.0.0.1:0")
        self.assertEqual((ran.returncode, ran.stderr), (1, "contactd: /nowhere/jwks.json: No such file or directory\n"))


class HealthCheck(ServiceTestCase):
    """The container's, which has nothing but a shell to ask with."""

    def check(self, port):
        return subprocess.run([DEPLOY / "container" / "healthcheck"], capture_output=True, check=False, timeout=60,
                              env=clean_environment({"CONTACTD_LISTEN": f"0.0.0.0:{port}"})).returncode

    def test_it_tells_whether_the_service_answers(self):
        service = self.service()
        self.assertEqual(self.check(service.port), 0)
        service.stop()
        self.assertEqual(self.check(service.port), 1)

    def test_an_answer_that_is_no_200_is_none(self):
        service = self.service()
        check = (DEPLOY / "container" / "healthcheck").read_text(encoding="utf-8")
        self.assertEqual(check.count("/readyz"), 2)
        other = subprocess.run(["bash", "-c", check.replace("GET /readyz", "GET /nowhere")], check=False, timeout=60,
                               env=clean_environment({"CONTACTD_LISTEN": f"0.0.0.0:{service.port}"}))
        self.assertEqual(other.returncode, 1)


if __name__ == "__main__":
    unittest.main()
