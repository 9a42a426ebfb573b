"""The document at /openapi.json satisfies two linters, with all that each recommends, and no warning.

CONTACTD_BINARY names the program, CONTACTD_NPM the folder where package-lock.json of this folder is installed.
"""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "process"))
from harness import ServiceTestCase  # noqa: E402

# Neither tells anybody about its run, or asks whether there is a newer one.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}
LINTERS = {
    "redocly": ["lint", "--config", HERE / "redocly.yaml"],
    "spectral": ["lint", "--ruleset", HERE / "spectral.yaml", "--fail-severity", "warn"],
}


class LintersTest(ServiceTestCase):
    def document(self):
        return self.client(self.service()).expect(200, "GET", "/openapi.json")

    def said_by(self, linter, document):
        """Empty when the linter is content, else what it says."""
        path = self.folder / "openapi.json"
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        program = Path(os.environ["CONTACTD_NPM"]) / "node_modules" / ".bin" / linter
        ran = subprocess.run([program, *LINTERS[linter], path], cwd=self.folder, env={**os.environ, **QUIET},
                             capture_output=True, text=True, check=False)
        said = ran.stdout + ran.stderr
        return said if ran.returncode != 0 or "warning" in said.lower() else ""

    def test_both_are_content(self):
        document = self.document()
        for linter in LINTERS:
            self.assertEqual(self.said_by(linter, document), "", linter)

    def test_both_find_what_is_wrong(self):
        """The other test could not fail if this one did."""
        document = self.document()
        document["paths"]["/contacts/"]["get"]["parameters"].append({"name": "mood", "in": "nowhere"})
        for linter in LINTERS:
            self.assertNotEqual(self.said_by(linter, document), "", linter)


if __name__ == "__main__":
    unittest.main()
