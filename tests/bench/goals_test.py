"""The benchmark's verdicts: a bar and an aim in either direction, and a case without a figure."""
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import cases
import report
from goals import INFORMATION, MET, MISSED, REACHES_AIM, Result, Row, at_least, at_most


class Goals(unittest.TestCase):
    def test_more_is_better(self):
        goal = at_least(0.65, 0.8)
        self.assertEqual([goal.verdict(value) for value in (0.64, 0.65, 0.79, 0.8, 3)],
                         [MISSED, MET, MET, REACHES_AIM, REACHES_AIM])
        self.assertAlmostEqual(goal.margin(1.3), 2)

    def test_less_is_better(self):
        goal = at_most(30, 10, "ms")
        self.assertEqual([goal.verdict(value) for value in (31, 30, 11, 10, 0)],
                         [MISSED, MET, MET, REACHES_AIM, REACHES_AIM])
        self.assertAlmostEqual(goal.margin(15), 2)
        self.assertEqual(goal.text(goal.bar), "≤ 30 ms")

    def test_without_an_aim_nothing_reaches_it(self):
        self.assertEqual(at_least(20).verdict(1000), MET)
        self.assertEqual(Row("requests/s", "1/s").verdict, INFORMATION)

    def test_one_missed_bar_is_a_missed_case(self):
        good, bad = Row("a", "1", value=1.0, goal=at_most(2)), Row("b", "3", value=3.0, goal=at_most(2))
        self.assertTrue(Result(None, [good]).is_met)
        self.assertFalse(Result(None, [good, bad]).is_met)

    def test_a_failure_is_told_and_has_no_ratio(self):
        case = SimpleNamespace(name="creates", meaning="durable creates")
        failed = Result(case, failure="raw SQLite: there is\nno program")
        [row] = report.summary_rows([failed])
        self.assertEqual(row[1:], ["raw SQLite: there is no program", "", "", "", "", "**FAILED**"])
        self.assertEqual(report.verdicts([failed]), "1 FAILED")

    def test_every_case_has_a_name_of_its_own(self):
        names = [case.name for case in cases.CASES]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
