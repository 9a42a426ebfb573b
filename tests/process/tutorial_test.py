"""docs/tutorial.md is true: its commands, pasted into a shell one after the other, print what the page says they print.

A block marked `sh` is run as it stands, but for the address of the service; a block marked `json` behind it is its
answer: JSON, then the status. In an answer `…` stands for what differs from run to run or is left out: a whole string
or a part of one, the rest of an object or of a list.
"""
import json
import re
import subprocess
import unittest
from pathlib import Path

from harness import ANSWER_SECONDS_MAX, ServiceTestCase, binary, clean_environment, run_program

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
ADDRESS = "http://127.0.0.1:8080"
MORE = "…"
STEPS_MIN = 12


def steps_of(page):
    """(command, answer or None) for every `sh` block of the page; any other order or kind of blocks fails."""
    steps = []
    for kind, content in re.findall(r"^```(\w*)\n(.*?)^```$", page, re.M | re.S):
        if kind == "sh":
            steps.append((content, None))
        elif kind == "json" and steps and steps[-1][1] is None:
            steps[-1] = (steps[-1][0], content)
        else:
            raise AssertionError(f"a block of an unexpected kind {kind!r}: {content[:80]}")
    return steps


def with_quoted_marks(text):
    """The same with each … outside of strings as a member or an element, so that it is JSON."""
    out, containers = [], []
    for token in re.findall(r'"(?:\\.|[^"\\])*"|[^"]', text):
        if token in "{[":
            containers.append(token)
        elif token in "}]":
            containers.pop()
        elif token == MORE:
            token = f'"{MORE}": 0' if containers[-1] == "{" else f'"{MORE}"'
        out.append(token)
    return "".join(out)


def difference(expected, actual, at=""):
    """None, or where and how the answer is not what the page says."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        wanted = {name: value for name, value in expected.items() if name != MORE}
        missing = wanted.keys() - actual.keys()
        extra = actual.keys() - expected.keys() if MORE not in expected else set()
        if missing or extra:
            return f"{at}: missing {sorted(missing)}, not on the page {sorted(extra)}"
        return next(filter(None, (difference(wanted[name], actual[name], f"{at}/{name}") for name in wanted)), None)
    if isinstance(expected, list) and isinstance(actual, list):
        is_open = expected[-1:] == [MORE]
        wanted = expected[:-1] if is_open else expected
        if len(actual) < len(wanted) or (len(actual) > len(wanted) and not is_open):
            return f"{at}: {len(actual)} elements, not {len(wanted)}"
        pairs = enumerate(zip(wanted, actual))
        return next(filter(None, (difference(one, other, f"{at}/{i}") for i, (one, other) in pairs)), None)
    if isinstance(expected, str) and isinstance(actual, str):
        pattern = ".+".join(re.escape(part) for part in expected.split(MORE))
        return None if re.fullmatch(pattern, actual, re.S) else f"{at}: {actual!r}, not {expected!r}"
    same = type(expected) is type(actual) and expected == actual
    return None if same else f"{at}: {actual!r}, not {expected!r}"


def split_answer(text):
    """The JSON, and the status in the last line."""
    body, _, status = text.rstrip("\n").rpartition("\n")
    return body, status


def answer_difference(page, printed):
    (wanted, wanted_status), (body, status) = split_answer(page), split_answer(printed)
    if status != wanted_status:
        return f"status {status}, not {wanted_status}: {body}"
    return difference(json.loads(with_quoted_marks(wanted)), json.loads(body))


class Page(ServiceTestCase):
    def run_commands(self, commands, url):
        """Gives what each command printed; all run in one shell, in a folder like that of the project."""
        (self.folder / "build" / "release").mkdir(parents=True)
        (self.folder / "build" / "release" / "contactd").symlink_to(binary())
        mark = "\x1e"
        script = "set -eo pipefail\n" + "".join(f"{command.replace(ADDRESS, url)}\nprintf '{mark}'\n"
                                                for command in commands)
        environment = {**clean_environment(), "no_proxy": "127.0.0.1"}
        ran = subprocess.run(["bash", "-c", script], cwd=self.folder, env=environment, capture_output=True, text=True,
                             timeout=ANSWER_SECONDS_MAX, check=False)
        printed = ran.stdout.split(mark)
        self.assertEqual((ran.returncode, ran.stderr, len(printed)), (0, "", len(commands) + 1),
                         f"stopped at: {commands[min(len(printed), len(commands)) - 1]}")
        return printed[:-1]

    def test_every_step_prints_what_the_page_says(self):
        self.assertEqual(run_program("sandbox", "--data", self.data).returncode, 0)
        service = self.service()
        steps = steps_of(PAGE.read_text(encoding="utf-8"))
        self.assertGreaterEqual(sum(answer is not None for _, answer in steps), STEPS_MIN)
        self.assertIn(ADDRESS, steps[0][0])
        printed = self.run_commands([command for command, _ in steps], f"http://127.0.0.1:{service.port}")
        for (command, answer), output in zip(steps, printed):
            with self.subTest(command=command):
                if answer is None:
                    self.assertEqual(output, "", "it prints something that the page does not show")
                else:
                    self.assertIsNone(answer_difference(answer, output), output)


class Comparison(unittest.TestCase):
    """A page that says something else would be noticed."""
    ANSWER = '{"id":"01J","name":"Asha","tags":["a","b"],"count":2,"by":null,"in":[{"x":1,"y":2}]}\n201\n'

    def test_the_same(self):
        for page in ('{"id":"…","name":"Asha","tags":["a","b"],"count":2,"by":null,"in":[{"x":1,"y":2}]}\n201\n',
                     '{"id": "0…J", …}\n201\n', '{…}\n201\n', '{"tags": ["a", …], "in": [{"y": 2, …}], …}\n201\n'):
            self.assertIsNone(answer_difference(page, self.ANSWER), page)

    def test_something_else(self):
        for page in ('{…}\n200\n', '{"name": "Anya", …}\n201\n', '{"id": "…"}\n201\n', '{"tags": ["a"], …}\n201\n',
                     '{"tags": ["b", …], …}\n201\n', '{"count": "2", …}\n201\n', '{"count": 3, …}\n201\n',
                     '{"by": "…", …}\n201\n', '{"name": "A…x", …}\n201\n', '{"more": 1, …}\n201\n',
                     '{"in": [{"x": 1}], …}\n201\n', '{"in": [], …}\n201\n', '[…]\n201\n'):
            self.assertIsNotNone(answer_difference(page, self.ANSWER), page)

    def test_blocks(self):
        self.assertEqual(steps_of("a\n```sh\nx\n```\nb\n```json\n1\n```\n```sh\ny\n```\n"),
                         [("x\n", "1\n"), ("y\n", None)])
        for page in ("```json\n1\n```\n", "```\nx\n```\n", "```sh\nx\n```\n```json\n1\n```\n```json\n1\n```\n"):
            with self.assertRaises(AssertionError):
                steps_of(page)


if __name__ == "__main__":
    unittest.main()
