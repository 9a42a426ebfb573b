"""Tokens through the whole program: how long they are good, their scopes, and that a key file rules out our own."""
import base64
import json
import unittest

from harness import ServiceTestCase, contact_body, run_program, token, wait_until


def claims_of(bearer):
    payload = bearer.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


class TokenTimes(ServiceTestCase):
    def test_forms_of_the_time_to_live(self):
        for ttl, seconds in (("30s", 30), ("15m", 900), ("1h", 3600), ("7d", 604800), (None, 3600)):
            claims = claims_of(token(self.data, "tenant-one", "user-one1", *(("--ttl", ttl) if ttl else ())))
            self.assertEqual(claims["exp"] - claims["iat"], seconds, ttl)
            self.assertEqual((claims["tenant_id"], claims["user_id"]), ("tenant-one", "user-one1"))
            self.assertEqual(claims["scope"].split(), ["contacts:read", "contacts:write", "contacts:approve",
                                                       "namespaces:write"])

    def test_it_ends(self):
        client = self.client(self.service(), token(self.data, "tenant-one", "user-one1", "--ttl", "1s"))
        answer = wait_until(lambda: (lambda got: got if got.status != 200 else None)(client.get("/contacts/")),
                            what="the end of the token")
        self.assertEqual((answer.status, answer.code), (401, "unauthorized"))
        self.assertIn("invalid_token", answer.headers["WWW-Authenticate"])

    def test_scopes_are_those_that_were_asked_for(self):
        client = self.client(self.service(), token(self.data, "tenant-one", "user-one1", "--scope", "contacts:read"))
        client.expect(200, "GET", "/contacts/")
        answer = client.post("/contacts/", contact_body("Asha Rao"))
        self.assertEqual((answer.status, answer.code), (403, "insufficient_scope"))


class Keys(ServiceTestCase):
    def test_with_a_key_file_our_own_tokens_are_refused(self):
        bearer = token(self.data)
        keys = self.folder / "keys.json"
        # The public key of RFC 8037, appendix A.2.
        keys.write_text(json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "first", "alg": "EdDSA",
                                              "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}))
        self.client(self.service(), bearer).expect(200, "GET", "/contacts/")
        client = self.client(self.service("--jwks", keys, data=self.folder / "other"), bearer)
        answer = client.get("/contacts/")
        self.assertEqual((answer.status, answer.code), (401, "unauthorized"))
        client.expect(200, "GET", "/healthz")
        client.bearer = token(self.folder / "other")   # signed by the secret in its own folder
        answer = client.get("/contacts/")
        self.assertEqual((answer.status, answer.code), (401, "unauthorized"))

    def test_a_key_file_that_is_none(self):
        bad = self.folder / "bad.json"
        for content in (None, "", "{", '{"keys": 1}'):
            if content is not None:
                bad.write_text(content)
            ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--jwks", bad)
            self.assertIn(ended.returncode, (1, 2), ended)
            self.assertIn(str(bad), ended.stderr)
            self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)


if __name__ == "__main__":
    unittest.main()
