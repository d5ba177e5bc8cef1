#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tell.py: writes the sample story beside itself, as a recording.

What is public: in 2014 the address 98.126.38.107 stood in reports on a campaign of espionage, and the name
www.interfaxru.com, which is the news agency's interfax.ru with its dot left out, led there. All else is made up
so that each step of such a case can be seen: days, registrars, the malware's port, the certificate. The answers
have the forms in which today's services answer, most of which did not exist then. Nobody's personal data is in it.
"""
import base64
import hashlib
import json
import os
import shutil
from datetime import datetime, timedelta, timezone

TOP = os.path.dirname(os.path.abspath(__file__))
ADDRESS, NAME, DOMAIN = "98.126.38.107", "www.interfaxru.com", "interfaxru.com"


def at(day, hour=8, minute=0):
    """A moment of the story; day 0 is Wednesday, 12 March 2014."""
    return datetime(2014, 3, 12, tzinfo=timezone.utc) + timedelta(days=day, hours=hour, minutes=minute)


BEGIN, RESOLVES, PIVOT, MALWARE, TRANSFER, CERTIFICATE, END = (
    at(0), at(28, 5), at(28, 10), at(33, 6), at(37, 7), at(41, 4), at(43, 8))


class Story:
    """Gathers exchanges and writes them."""

    def __init__(self):
        self.lines = []

    def tell(self, when, source, entity, url, answer, status=200, body=None):
        """What source answers from a moment on."""
        data = json.dumps(answer, indent=1, ensure_ascii=False).encode()
        name = hashlib.blake2b(data, digest_size=32).hexdigest()
        with open(os.path.join(TOP, "bodies", name), "wb") as out:
            out.write(data)
        request = {"method": "POST" if body else "GET", "url": url}
        if body:
            request["body"] = body
        self.lines.append((when, {
            "at": f"{when:%Y-%m-%dT%H:%M:%S}.000Z", "source": source, "asker": "eye", "entity": entity,
            "transport": "http", "request": request,
            "answer": {"status": status, "url": url, "headers": {"content-type": "application/json"},
                       "bodies": [name]}}))

    def write(self):
        with open(os.path.join(TOP, "exchanges.ndjson"), "w", encoding="ascii") as out:
            for _, line in sorted(self.lines, key=lambda pair: pair[0]):
                out.write(json.dumps(line, separators=(",", ":")) + "\n")
        with open(os.path.join(TOP, "recording.json"), "w", encoding="ascii") as out:
            json.dump({"recording": 1, "id": "5d8f27a0-6a53-4d0e-9a41-2f0d8b6a3c11",
                       "program": "Watchglass, written by hand", "from": f"{BEGIN:%Y-%m-%dT%H:%M:%SZ}",
                       "to": f"{END:%Y-%m-%dT%H:%M:%SZ}", "settings": {"names.own": "interfax.ru"}}, out, indent=4)
            out.write("\n")
        files = ["recording.json", "exchanges.ndjson"] + sorted(
            f"bodies/{name}" for name in os.listdir(os.path.join(TOP, "bodies")))
        with open(os.path.join(TOP, "sample.qrc"), "w", encoding="ascii") as out:
            out.write("<!DOCTYPE RCC>\n<!-- SPDX-FileCopyrightText: 2026 The Watchglass authors -->\n"
                      "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n<!-- written by tell.py -->\n"
                      '<RCC version="1.0">\n  <qresource prefix="/sample">\n')
            out.writelines(f"    <file>{name}</file>\n" for name in files)
            out.write("  </qresource>\n</RCC>\n")


def registries(story):
    """IANA's two files, as far as the story needs them."""
    for name, service in (("ipv4.json", [["98.0.0.0/8"], ["https://rdap.arin.net/registry/"]]),
                          ("dns.json", [["com"], ["https://rdap.verisign.com/com/v1/"]])):
        story.tell(BEGIN, "rdap", "iana.org", f"https://data.iana.org/rdap/{name}",
                   {"version": "1.0", "publication": f"{BEGIN:%Y-%m-%dT%H:%M:%SZ}", "description": "sample",
                    "services": [service]})


def card(name):
    return ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]]


def network(story):
    answer = {
        "objectClassName": "ip network", "rdapConformance": ["rdap_level_0"], "handle": "NET-98-126-0-0-1",
        "startAddress": "98.126.0.0", "endAddress": "98.126.255.255", "ipVersion": "v4", "name": "VPLSNET",
        "type": "DIRECT ALLOCATION", "country": "US", "parentHandle": "NET-98-0-0-0-0", "status": ["active"],
        "cidr0_cidrs": [{"v4prefix": "98.126.0.0", "length": 16}],
        "arin_originas0_originautnums": [35908],
        "events": [{"eventAction": "registration", "eventDate": "2008-05-20T00:00:00Z"},
                   {"eventAction": "last changed", "eventDate": "2012-02-24T00:00:00Z"}],
        "entities": [{"objectClassName": "entity", "handle": "KRYPT-SAMPLE", "roles": ["registrant"],
                      "vcardArray": card("Krypt Technologies")}]}
    for what in (ADDRESS, "98.126.0.0/16"):
        story.tell(BEGIN, "rdap", ADDRESS, f"https://rdap.arin.net/registry/ip/{what}", answer)


def registration(story):
    def told(registrar, number, servers, changed, transferred=None):
        events = [{"eventAction": "registration", "eventDate": "2013-10-17T06:12:40Z"},
                  {"eventAction": "expiration", "eventDate": "2014-10-17T06:12:40Z"},
                  {"eventAction": "last changed", "eventDate": changed}]
        if transferred:
            events.append({"eventAction": "transfer", "eventDate": transferred})
        return {
            "objectClassName": "domain", "rdapConformance": ["rdap_level_0"], "handle": "SAMPLE_DOMAIN_COM-VRSN",
            "ldhName": DOMAIN.upper(), "status": ["client transfer prohibited"], "events": events,
            "nameservers": [{"objectClassName": "nameserver", "ldhName": server} for server in servers],
            "secureDNS": {"delegationSigned": False},
            "entities": [{"objectClassName": "entity", "handle": number, "roles": ["registrar"],
                          "publicIds": [{"type": "IANA Registrar ID", "identifier": number}],
                          "vcardArray": card(registrar)}]}

    url = f"https://rdap.verisign.com/com/v1/domain/{DOMAIN}"
    story.tell(PIVOT, "rdap", DOMAIN, url,
               told("First Sample Registrar, Inc.", "9998", ["NS1.FIRST-REGISTRAR.EXAMPLE", "NS2.FIRST-REGISTRAR.EXAMPLE"],
                    "2013-10-17T06:12:41Z"))
    moved = f"{TRANSFER - timedelta(hours=5):%Y-%m-%dT%H:%M:%SZ}"
    story.tell(TRANSFER, "rdap", DOMAIN, url,
               told("Second Sample Registrar, Ltd.", "9999",
                    ["NS1.SECOND-REGISTRAR.EXAMPLE", "NS2.SECOND-REGISTRAR.EXAMPLE"], moved, moved))


def resolutions(story):
    def row(query, answer, first, last, times):
        return {"rrclass": "in", "rrtype": "a", "query": query, "answer": answer,
                "firstSeenTimestamp": int(first.timestamp() * 1000), "lastSeenTimestamp": int(last.timestamp() * 1000),
                "maxTtl": 600, "minTtl": 300, "times": times, "tlp": "white", "customer": None,
                "createdTimestamp": 0, "lastUpdatedTimestamp": 0}

    def answer(rows):
        return {"responseCode": 200, "count": len(rows), "limit": 500, "offset": 0, "currentPage": 1,
                "size": len(rows), "data": rows, "messages": [], "metaData": {}}

    old = [row("host107.sample-colo.example", ADDRESS, at(-1105), at(-3), 118),
           row("mail.sample-travel.example", ADDRESS, at(-480), at(-212), 31)]
    new = row(NAME, ADDRESS, RESOLVES - timedelta(hours=3), RESOLVES, 2)
    query = "?limit=500&offset=0"
    story.tell(BEGIN, "mnemonic", ADDRESS, f"https://api.mnemonic.no/pdns/v3/{ADDRESS}{query}", answer(old))
    story.tell(RESOLVES, "mnemonic", ADDRESS, f"https://api.mnemonic.no/pdns/v3/{ADDRESS}{query}", answer(old + [new]))
    story.tell(PIVOT, "mnemonic", NAME, f"https://api.mnemonic.no/pdns/v3/{NAME}{query}", answer([new]))


def malware(story):
    nothing = {"query_status": "no_result", "data": "Your search did not yield any results"}
    found = {"query_status": "ok", "data": [{
        "id": "1", "ioc": f"{ADDRESS}:443", "threat_type": "botnet_cc",
        "threat_type_desc": "Indicator that identifies a botnet command&control server (C&C)", "ioc_type": "ip:port",
        "ioc_type_desc": "ip:port combination that is used for botnet Command&control (C&C)",
        "malware": "win.nettraveler", "malware_printable": "NetTraveler", "malware_alias": "TravNet",
        "malware_malpedia": None, "confidence_level": 75,
        "first_seen": f"{MALWARE - timedelta(hours=9):%Y-%m-%d %H:%M:%S} UTC", "last_seen": None, "reporter": "sample",
        "reference": "https://sample-report.example/nettraveler", "tags": ["NetTraveler", "sample"]}]}
    url = "https://threatfox-api.abuse.ch/api/v1/"
    for entity, since in ((ADDRESS, BEGIN), (NAME, PIVOT)):
        ask = json.dumps({"query": "search_ioc", "search_term": entity}, separators=(",", ":"))
        story.tell(since, "threatfox", entity, url, nothing, body=ask)
        if entity == ADDRESS:
            story.tell(MALWARE, "threatfox", entity, url, found, body=ask)


def certificates(story):
    with open(os.path.join(TOP, "certificate.der"), "rb") as source:
        der = source.read()
    row = {"id": "140422001", "tbs_sha256": hashlib.sha256(b"sample tbs").hexdigest(),
           "cert_sha256": hashlib.sha256(der).hexdigest(), "dns_names": [DOMAIN, NAME],
           "pubkey_sha256": hashlib.sha256(b"sample key").hexdigest(),
           "issuer": {"friendly_name": "Sample Certificate Authority", "name": "O=Sample Certificate Authority"},
           "not_before": f"{CERTIFICATE:%Y-%m-%dT%H:%M:%SZ}",
           "not_after": f"{CERTIFICATE + timedelta(days=365):%Y-%m-%dT%H:%M:%SZ}", "revoked": False,
           "cert_der": base64.b64encode(der).decode()}
    url = (f"https://api.certspotter.com/v1/issuances?domain={NAME}&include_subdomains=true"
           "&expand=dns_names&expand=issuer&expand=cert_der")
    story.tell(PIVOT, "certspotter", NAME, url, [])
    story.tell(CERTIFICATE, "certspotter", NAME, url, [row])
    story.tell(CERTIFICATE, "certspotter", NAME, url + f"&after={row['id']}", [])


def main():
    shutil.rmtree(os.path.join(TOP, "bodies"), ignore_errors=True)
    os.makedirs(os.path.join(TOP, "bodies"))
    story = Story()
    for part in (registries, network, registration, resolutions, malware, certificates):
        part(story)
    story.write()


if __name__ == "__main__":
    main()
