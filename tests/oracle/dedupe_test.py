"""Holds the dedupe kit against libraries that others keep: python3-stdnum for identifiers, python3-jellyfish for
Jaro-Winkler, python3-phonenumbers (libphonenumber's tables) for telephone numbers, strptime for dates.

DEDUPE_VERDICTS names the program that speaks for the kit. Values are random, from a fixed seed, valid and not.
"""
import datetime
import os
import random
import string
import subprocess
import unittest
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jellyfish
import phonenumbers
from stdnum import luhn, verhoeff
from stdnum.in_ import aadhaar, epic, gstin, pan

LETTERS = string.ascii_uppercase
ALPHANUMERIC = string.digits + LETTERS


def verdicts(kind, values):
    """What the kit says of each value; a tuple is a pair of values."""
    lines = ["\t".join((kind,) + (value if isinstance(value, tuple) else (value,))) for value in values]
    run = subprocess.run([os.environ["DEDUPE_VERDICTS"]], input="\n".join(lines) + "\n", text=True, capture_output=True,
                         check=True)
    answers = run.stdout.split("\n")[:-1]
    assert len(answers) == len(values), "the program did not answer every line"
    return answers


def of_form(rng, form):
    return "".join(rng.choice(LETTERS) if c == "A" else rng.choice(string.digits) if c == "9" else c for c in form)


def damaged(rng, value):
    """The same value, or one with a character changed, lost, doubled or swapped."""
    at = rng.randrange(len(value) - 1)
    return rng.choice([value, value,
                       value[:at] + rng.choice(ALPHANUMERIC) + value[at + 1:],
                       value[:at] + value[at + 1:],
                       value[:at] + value[at] + value[at:],
                       value[:at] + value[at + 1] + value[at] + value[at + 2:]])


def dressed(rng, value):
    """The same value as people write it: small letters, blanks and hyphens."""
    value = value.lower() if rng.random() < 0.3 else value
    if rng.random() < 0.4:
        at = rng.randrange(len(value) + 1)
        value = value[:at] + rng.choice(" -") + value[at:]
    return value


def any_pan(rng):
    serial = "0000" if rng.random() < 0.02 else of_form(rng, "9999")
    kind = rng.choice("ABCFGHJKLPT") if rng.random() < 0.8 else rng.choice(LETTERS)
    return of_form(rng, "AAA") + kind + rng.choice(LETTERS) + serial + rng.choice(LETTERS)


def any_gstin(rng):
    state = rng.randrange(0, 100 if rng.random() < 0.1 else 38)
    number = f"{state:02d}" + any_pan(rng) + rng.choice(ALPHANUMERIC[:12]) + "Z"
    return number + luhn.calc_check_digit(number, ALPHANUMERIC)


def any_aadhaar(rng):
    number = of_form(rng, "99999999999")
    return number + verhoeff.calc_check_digit(number)


def any_voter_id(rng):
    digits = of_form(rng, "999999")
    return of_form(rng, "AAA") + digits + luhn.calc_check_digit(digits)


class Identifiers(unittest.TestCase):
    def hold(self, kind, module, make, differs=lambda value: False):
        rng = random.Random(20260101)
        values = [dressed(rng, damaged(rng, make(rng))) for _ in range(4000)]
        valid = 0
        for value, ours in zip(values, verdicts(kind, values)):
            theirs = module.compact(value).upper() if module.is_valid(value) else "-"
            if differs(module.compact(value)):
                continue
            self.assertEqual(ours, theirs, f"{kind} {value!r}")
            valid += theirs != "-"
        self.assertGreater(valid, 800)
        self.assertGreater(len(values) - valid, 800)

    def test_pan(self):
        self.hold("pan", pan, any_pan)

    def test_gstin(self):
        # Ladakh (38) and other territory (97) are younger than the oracle.
        self.hold("gstin", gstin, any_gstin, lambda value: value[:2] in ("38", "97"))
        self.assertTrue(verdicts("gstin", ["27AAPFU0939F1ZV"])[0] != "-")

    def test_aadhaar(self):
        self.hold("aadhaar", aadhaar, any_aadhaar)

    def test_voter_id(self):
        # All zeros have a right check digit and are nobody's.
        self.hold("epic", epic, any_voter_id, lambda value: value[3:] == "0000000")

    def test_pan_in_gstin(self):
        self.assertEqual(gstin.to_pan("27AAPFU0939F1ZV"), verdicts("pan", ["27AAPFU0939F1ZV"[2:12]])[0])


class Words(unittest.TestCase):
    def test_jaro_winkler(self):
        rng = random.Random(7)
        pairs = []
        for _ in range(6000):
            alphabet = rng.choice(["ab", "aeimnrst", string.ascii_lowercase])
            one = "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 14)))
            other = damaged(rng, one) if len(one) > 1 and rng.random() < 0.6 else "".join(
                rng.choice(alphabet) for _ in range(rng.randrange(1, 14)))
            pairs.append((one, other.lower()))
        for (one, other), ours in zip(pairs, verdicts("jaro_winkler", pairs)):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = jellyfish.jaro_winkler_similarity(one, other)
            self.assertAlmostEqual(float(ours), theirs, 8, f"{one} {other}")


class Telephones(unittest.TestCase):
    def parsed(self, text):
        try:
            number = phonenumbers.parse(text, "IN")
        except phonenumbers.NumberParseException:
            return None, "-"
        return number, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def written(self, rng, number):
        national = phonenumbers.national_significant_number(number)
        form = rng.randrange(7)
        if number.country_code != 91 or form == 0:
            return rng.choice(["+{} {}", "+{}-{}", "00{}{}", "+{}{}"]).format(number.country_code, national)
        return ["", "0" + national, "91" + national, "+91 (0)" + national, "+91-" + national[:5] + "-" + national[5:],
                "(0" + national[:3] + ") " + national[3:], national[:5] + " " + national[5:]][form]

    def test_what_is_valid_there_is_the_same_here(self):
        rng = random.Random(11)
        wanted = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE,
                  phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
        texts, expected = [], []
        for region in ["IN"] * 3000 + ["US", "GB", "AE", "SG", "NP", "LK", "BD", "SA", "AU", "DE", "QA", "OM"] * 40:
            example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
            digits = list(phonenumbers.national_significant_number(example))
            for at in range(0 if region == "IN" else 4, len(digits)):
                digits[at] = rng.choice("6789" if at == 0 and rng.random() < 0.8 else string.digits[1:])
            number = phonenumbers.PhoneNumber(country_code=example.country_code, national_number=int("".join(digits)))
            if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in wanted:
                continue
            texts.append(self.written(rng, number))
            expected.append(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        self.assertGreater(len(texts), 1500)
        for text, theirs, ours in zip(texts, expected, verdicts("phone", texts)):
            self.assertEqual(self.parsed(text)[1], theirs, f"the oracle reads {text!r} otherwise than it was written")
            self.assertEqual(ours, theirs, text)

    def test_what_is_taken_here_is_possible_there(self):
        rng = random.Random(12)
        texts = []
        for _ in range(4000):
            digits = "".join(rng.choice(string.digits) for _ in range(rng.randrange(3, 15)))
            texts.append(rng.choice(["", "", "0", "+91", "91", "+91 0"]) + digits)
        taken = 0
        for text, ours in zip(texts, verdicts("phone", texts)):
            if ours == "-":
                continue
            number, theirs = self.parsed(text)
            self.assertIsNotNone(number, text)
            if text.startswith("091") and len(text) == 13:  # Often written so in India; the oracle does not read it.
                self.assertEqual(ours, "+" + text[1:])
            elif number.country_code == 91:
                self.assertEqual(ours, theirs, text)
                self.assertTrue(phonenumbers.is_possible_number(number), text)
            else:  # Of other countries the kit knows the code, and neither lengths nor prefixes.
                self.assertTrue(ours.startswith(f"+{number.country_code}"), text)
            taken += 1
        self.assertGreater(taken, 300)


class Dates(unittest.TestCase):
    def test_dates_and_what_is_none(self):
        rng = random.Random(13)
        forms = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%d %b %Y", "%d-%B-%Y", "%B %d, %Y",
                 "%Y/%m/%d", "%Y-%m-%dT00:00:00Z", "%d/%m/%y"]
        texts, expected = [], []
        for _ in range(3000):
            day = datetime.date(1940, 1, 1) + datetime.timedelta(days=rng.randrange(30000))
            form = rng.choice(forms)
            if form == "%d/%m/%y" and day.year < 1940 + 30:
                form = "%d/%m/%Y"
            texts.append(day.strftime(form))
            expected.append("-" if day == datetime.date(1970, 1, 1) else day.isoformat())
        for year, month, day in [(1999, 2, 29), (2001, 4, 31), (1980, 13, 13), (1980, 0, 5), (1700, 1, 1),
                                 (1900, 1, 1)]:
            texts.append(f"{day:02d}/{month:02d}/{year}")
            expected.append("-")
        for text, theirs, ours in zip(texts, expected, verdicts("date", texts)):
            self.assertEqual(ours, theirs, text)


if __name__ == "__main__":
    unittest.main()
