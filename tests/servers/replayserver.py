#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for every HTTP source at once, with recorded answers: source NAME is at /NAME.

replayserver.py MANIFEST [--port N] [--log FILE]
MANIFEST is a JSON list of recordings. Each has "path" (of the body, from the manifest's folder) and "http":
{"method", "uri", "request_body", "status", "response_headers"}; which source and question a recording answers is
read off its URI by the manifests of resources/sources, unless it says so: "replay": {"source", "question", "entity"}.
Recordings of RDAP ("format" begins with "rdap/") answer below /rdap, which is the bootstrap as well.

Of several recordings of a question that about the asked entity counts. Where there is none, that of another
entity of the same kind answers with the asked one's name put in place of its own; where a question was never
recorded, and for second pages, the source's own form of "nothing found" does.

Misbehaves as told (see httpserver.py); a rule for "/NAME/*" holds for all that a source is asked. Prints its port;
ends when standard input is closed.
"""
import argparse
import ipaddress
import json
import os
import re
import sys
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from httpserver import Answer, load_json  # noqa: E402
from lifetime import announce, wait_for_eof  # noqa: E402
from rdapserver import RdapServer  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "../../resources/sources")
RECORDINGS = os.path.join(HERE, "../sources/data/manifest.json")
# Sources in C++: how they ask.
BUILT_IN = {"mnemonic": {"server": "https://api.mnemonic.no", "questions": [
    {"question": "pdns", "about": ["domain", "ipv4", "ipv6"], "path": "/pdns/v3/{entity}",
     "paging": {"parameter": "offset"}}]}}
FRAME = b'{"cond":"begin"}\n{"cond":"succeeded"}\n'
NO_SUCH = {"error": {"code": "NotFoundError", "message": "Not found"}}

# The form in which each source says that it knows nothing: of a question, or of all ("").
NOTHING = {
    "abuseipdb": {"": (200, {"data": {"ipAddress": "{entity}", "abuseConfidenceScore": 0, "totalReports": 0, "hostnames": []}})},
    "certspotter": {"": (200, [])},
    "circl": {"": (200, b"")},
    "crtsh": {"": (200, [])},
    "dnsdb": {"": (200, FRAME)},
    "greynoise": {"": (404, {"ip": "{entity}", "noise": False, "riot": False, "message": "IP not observed"})},
    "internetdb": {"": (404, {"detail": "No information available"})},
    "malwarebazaar": {"": (200, {"query_status": "tag_not_found"})},
    "mnemonic": {"": (200, {"responseCode": 200, "count": 0, "size": 0, "data": []})},
    "otx": {"passive_dns": (200, {"passive_dns": [], "count": 0}), "malware": (200, {"data": [], "count": 0}),
            "general": (200, {"pulse_info": {"count": 0, "pulses": []}})},
    "passivetotal": {"": (404, {"message": "No results found"})},
    "ripestat": {"prefix": (200, {"status": "ok", "data": {"announced": False, "asns": [], "resource": "{entity}"}}),
                 "abuse": (200, {"status": "ok", "data": {"abuse_contacts": []}})},
    "securitytrails": {"history-whois": (200, {"result": {"items": [], "count": 0}}),
                       "": (200, {"records": [], "pages": 0, "record_count": 0, "current_dns": {}, "subdomains": []})},
    "shodan": {"": (404, {"error": "No information available for that IP."})},
    "threatfox": {"": (200, {"query_status": "no_result", "data": "Your search did not yield any results"})},
    "urlhaus": {"": (200, {"query_status": "no_results"})},
    "urlscan": {"": (200, {"results": [], "total": 0, "has_more": False})},
    "validin": {"": (200, {"status": "finished", "records": {}})},
    "virustotal": {"report": (404, NO_SUCH), "": (200, {"data": [], "meta": {"count": 0}})},
}


def kind_of(entity):
    try:
        return f"ipv{ipaddress.ip_address(entity).version}"
    except ValueError:
        return "domain"


def listed(value):
    return value if isinstance(value, list) else [value]


class Question:
    """One question of a source's manifest: finds out what a request asks about."""

    def __init__(self, described):
        self.name = described["question"]
        self.about = set(listed(described["about"]))
        self.path = self._pattern(described["path"])
        self.query = described.get("query", {})
        self.form = described.get("form", {})
        self.json = described.get("json", {})
        self.paging = described.get("paging", {})

    @staticmethod
    def _pattern(template):
        parts = re.split(r"\{(entity|kind)\}", template)
        words = {"entity": "(?P<entity>[^/*]+)", "kind": "[^/]+"}
        return re.compile("".join(words[part] if i % 2 else re.escape(part) for i, part in enumerate(parts)))

    def entity(self, path, query, body):
        """What it is asked about by these, or None where they are no such request."""
        matched = self.path.fullmatch(path)
        if not matched:
            return None
        entity = matched.groupdict().get("entity")
        sent = {**parse_qs(query), **parse_qs(body)}
        for name, text in [*self.query.items(), *self.form.items()]:
            text = listed(text)[0]
            told = sent.get(name, [""])[0]
            if text == "{row}":  # of another question's answer: whom that was about is not said
                return told or None
            if "{entity}" in text:
                found = self._pattern(text.split("{entity}")[0] + "{entity}").match(told)
                entity = re.split(r'[" ]', found["entity"])[0] if found else None
            elif told not in ("", text) and not text.isdigit():
                return None
        if self.json:
            entity = self._in_json(body)
        return entity if entity and kind_of(entity) in self.about else None

    def _in_json(self, body):
        try:
            told = json.loads(body)
        except ValueError:
            return None
        return self._beside(self.json, told)

    def _beside(self, template, told):
        """What stands in told where the template has the entity; None where they differ."""
        found = None
        for name, text in template.items():
            if not isinstance(told, dict) or name not in told:
                return None
            if isinstance(text, dict):
                found = self._beside(text, told[name]) or found
            elif text == "{entity}":
                found = told[name]
            elif text != told[name]:
                return None
        return found

    def is_later_page(self, query, body):
        parameter = self.paging.get("parameter")
        value = {**parse_qs(query), **parse_qs(body)}.get(parameter, ["0"])[0]
        return parameter is not None and value not in ("", "0", "1")


class Recording:
    def __init__(self, entry, folder, entity):
        self.file = os.path.join(folder, entry["path"])
        self.status = entry["http"].get("status", 200)
        self.type = entry["http"].get("response_headers", {}).get("Content-Type", "application/json")
        self.entity = entity

    def answer(self, entity):
        with open(self.file, "rb") as recorded:
            body = recorded.read()
        if entity != self.entity:
            body = body.replace(self.entity.encode(), entity.encode())
        return Answer(self.status, body, self.type)


def read_manifests(folder):
    described = [load_json(os.path.join(folder, file)) for file in sorted(os.listdir(folder)) if file.endswith(".json")]
    return {each["name"]: each for each in described}


def read_sources():
    return {**BUILT_IN, **read_manifests(SOURCES)}


class ReplayServer(RdapServer):
    """base + "/NAME" is a source's base URL, base + "/rdap/" the bootstrap of RDAP. Plays the examples, too, which
    are no sources until somebody lays them into a workspace."""

    def __init__(self, manifest=RECORDINGS, **server):
        self.own = ["rdap", *read_sources()]
        described = {**read_sources(), **read_manifests(os.path.join(SOURCES, "examples"))}
        self.sources = {name: [Question(each) for each in source["questions"]] for name, source in described.items()}
        self.hosts = {urlsplit(source["server"]).netloc: name for name, source in described.items()}
        self.recordings = {}
        super().__init__(self._read(manifest), **server)

    def _read(self, manifest):
        folder = os.path.dirname(os.path.abspath(manifest))
        objects = {}
        for entry in load_json(manifest):
            uri = urlsplit(entry.get("http", {}).get("uri", ""))
            if entry.get("format", "").startswith("rdap/"):
                objects["/" + "/".join(uri.path.split("/")[-2:])] = os.path.join(folder, entry["path"])
                continue
            told = entry.get("replay") or self._replays(entry, uri)
            if told:
                key = told["source"], told["question"], kind_of(told["entity"])
                self.recordings.setdefault(key, []).append(Recording(entry, folder, told["entity"]))
        return objects

    def _replays(self, entry, uri):
        source = self.hosts.get(uri.netloc)
        for question in self.sources.get(source, []):
            entity = question.entity(unquote(uri.path), uri.query, entry["http"].get("request_body") or "")
            if entity:
                return {"source": source, "question": question.name, "entity": entity}
        return None

    def base_urls(self):
        """Settings that lead every source here."""
        settings = {f"source.{name}.base_url": f"{self.base}/{name}" for name in self.own}
        return {**settings, "rdap.bootstrap": f"{self.base}/rdap/"}

    def play(self, source, question, entity, path):
        """From now on this file, a path from the recordings' folder, answers the question."""
        entry = {"path": path, "http": {}}
        self.recordings[source, question, kind_of(entity)] = [Recording(entry, os.path.dirname(RECORDINGS), entity)]

    def answer_to(self, request):
        _, source, rest = f"{request['path']}/".split("/", 2)
        if source == "rdap":
            return self.answer(request["path"], {})
        for question in self.sources.get(source, []):
            entity = question.entity("/" + rest[:-1], request["query"], request["body"])
            if entity:
                later = question.is_later_page(request["query"], request["body"])
                return self._recorded(source, question, entity, later)
        return Answer(400, {"error": f"nobody asks {source} so"})

    def _recorded(self, source, question, entity, later):
        known = self.recordings.get((source, question.name, kind_of(entity)), [])
        exact = [each for each in known if each.entity == entity]
        if known and not later:
            return (exact or known)[0].answer(entity)
        forms = NOTHING.get(source, {})
        status, body = forms.get(question.name) or forms.get("") or (404, {"error": "not found"})
        if isinstance(body, bytes):
            return Answer(status, body, "application/x-ndjson")
        return Answer(status, json.dumps(body).replace("{entity}", entity).encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", nargs="?", default=RECORDINGS)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log")
    options = parser.parse_args()
    server = ReplayServer(options.manifest, port=options.port, log_file=options.log)
    announce(server.port)
    wait_for_eof()
    server.close()


if __name__ == "__main__":
    main()
