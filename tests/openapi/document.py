"""An OpenAPI document that exchanges are held against: what does not fit is said in sentences."""
import json
import re
from urllib.parse import unquote, unquote_plus

from jsonschema import Draft202012Validator

# Texts that the service keeps as they are sent; in all others it folds white space before it checks them.
KEPT_VERBATIM = {"value", "refs", "coords", "codes"}


def fold(value):
    """A body as the service reads it."""
    if isinstance(value, str):
        return " ".join(re.split(r"[ \t\n\v\f\r]+", value.strip(" \t\n\v\f\r")))
    if isinstance(value, list):
        return [fold(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in KEPT_VERBATIM else fold(item) for key, item in value.items()}
    return value


def segments(path):
    path = re.sub("^https?://[^/]*", "", path)
    return [unquote(segment) for segment in path.removeprefix("/").removesuffix("/").split("/")]


def header(headers, name):
    return next((value for each, value in headers if each.lower() == name.lower()), None)


class Document:
    def __init__(self, document):
        self.document = document
        self.validators = {}

    def operations(self):
        """Yields (path, METHOD, operation) for each."""
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield path, method.upper(), operation

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for key in node["$ref"][2:].split("/"):
                target = target[key]
            node = target
        return node

    def find(self, method, target):
        """(path, METHOD, operation) that answers; a literal segment wins over one in braces. None if there is none."""
        asked = segments(target.partition("?")[0])
        method = "GET" if method == "HEAD" else method
        fitting = []
        for path in self.document["paths"]:
            template = segments(path)
            if len(template) != len(asked):
                continue
            if all(part.startswith("{") or part == given for part, given in zip(template, asked)):
                fitting.append(path)
        if not fitting:
            return None
        path = max(fitting, key=lambda each: [not part.startswith("{") for part in segments(each)])
        operation = self.document["paths"][path].get(method.lower())
        return (path, method, operation) if operation else None

    def errors(self, schema, value):
        key = json.dumps(schema)
        if key not in self.validators:
            self.validators[key] = Draft202012Validator({**schema, "components": self.document["components"]})
        return [f"{error.json_path}: {error.message}" for error in self.validators[key].iter_errors(value)]

    def complaints(self, exchange):
        """All that does not fit. `exchange`: a dict as tests/api writes it."""
        if exchange["method"] == "OPTIONS":
            return []
        found = self.find(exchange["method"], exchange["target"])
        if found is None:
            return self.outside_complaints(exchange)
        operation = found[2]
        responses = operation["responses"]
        response = self.resolve(responses.get(str(exchange["status"]), responses["default"]))
        complaints = self.header_complaints(response, exchange)
        complaints += self.body_complaints(response, exchange)
        if exchange["status"] < 300:
            complaints += self.parameter_complaints(operation, exchange["target"])
            complaints += self.request_complaints(operation, exchange)
        return complaints

    def outside_complaints(self, exchange):
        """What is not in the document is refused, with a problem all the same."""
        if exchange["status"] < 400:
            return ["answered, but not in the document"]
        if exchange["method"] == "HEAD":
            return []
        return self.errors({"$ref": "#/components/schemas/Problem"}, json.loads(exchange["answer_body"]))

    def header_complaints(self, response, exchange):
        documented = {name: self.resolve(each) for name, each in response["headers"].items()}
        sent = dict(exchange["answer_headers"])
        complaints = [f"the header {name} is not in the document" for name in sent
                      if name not in documented and name != "Content-Type"]
        for name, each in documented.items():
            if name in sent:
                complaints += [f"header {name}: {error}" for error in self.errors(each["schema"], sent[name])]
            elif each.get("required"):
                complaints.append(f"the header {name} is missing")
        return complaints

    def body_complaints(self, response, exchange):
        content = response.get("content", {})
        kind = header(exchange["answer_headers"], "Content-Type")
        if not content:
            return ["a body where none is documented"] if kind or exchange["answer_body"] else []
        if kind not in content:
            return [f"Content-Type {kind} is not in the document"]
        if exchange["method"] == "HEAD":
            return []
        return self.errors(content[kind]["schema"], json.loads(exchange["answer_body"]))

    def request_complaints(self, operation, exchange):
        """A body that was accepted must be one that the document allows."""
        if not exchange.get("body"):
            needed = operation.get("requestBody", {}).get("required")
            return ["was accepted without a body"] if needed else []
        if "requestBody" not in operation:
            return ["a body was accepted where none is documented"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        return [f"request {error}" for error in self.errors(schema, fold(json.loads(exchange["body"])))]

    def parameter_complaints(self, operation, target):
        known = {}
        for each in map(self.resolve, operation["parameters"]):
            if each["in"] == "query":
                known[each["name"]] = each
        complaints = []
        for pair in filter(None, target.partition("?")[2].split("&")):
            name, _, text = pair.partition("=")
            name, text = unquote_plus(name), unquote_plus(text)
            if name not in known:
                complaints.append(f"the parameter {name} is not in the document")
            elif text:
                complaints += [f"parameter {name}: {error}" for error in self.value_errors(known[name], text)]
        return complaints

    def value_errors(self, parameter, text):
        schema = parameter["schema"]
        value = fold(text)
        kind = schema.get("type")
        if kind == "array":
            value = [value] if parameter.get("explode", True) else list(filter(None, map(fold, text.split(","))))
        elif kind == "integer" and re.fullmatch(r"[0-9]+", text):
            value = int(text)
        elif kind == "boolean" and text in ("true", "false"):
            value = text == "true"
        return self.errors(schema, value)
