# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback HTTP server that can be told to misbehave, path by path.

`PUT /_control` takes one JSON object, or a list of them:
  {"path": "/domain/example.com", ...rule}   rule for one path ("/domain/*": for all below, "*": for every path)
  {"reset": true}                            forgets all rules
Members of a rule; all are optional and those that make sense together combine:
  status, headers {}, body (text) or body_file   replace that part of the answer
  delay    seconds before the answer              hang     true: takes the request, never answers
  cut      sends this many bytes, then closes     drip     bytes at a time, one piece each drip_gap seconds
  endless  true: a body that never ends           gzip_bomb MiB of zeros, packed
  redirect address for a 302                      times    how often the rule holds before it is gone
  reset_connection  true: closes without an answer, by RST
`GET /_log` lists the requests seen so far, `DELETE /_log` forgets them.
"""
import functools
import json
import os
import socket
import socketserver
import struct
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit


@functools.lru_cache
def bomb(size):
    """So many MiB of zeros, packed."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size)) + packer.flush()


class Answer:
    """One answer before a rule bends it."""

    def __init__(self, status, body, content_type="application/json", headers=None):
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = {"Content-Type": content_type, **(headers or {})}


class ScriptedServer(ThreadingHTTPServer):
    """Serves answer(path, query) of a subclass in threads of its own until close()."""
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, address="127.0.0.1", port=0, log_file=None):
        super().__init__((address, port), _Handler)
        self.rules = {}
        self.log = []
        self.log_file = log_file
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def server_bind(self):
        # HTTPServer's own looks the address up in the DNS, which may take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address):
        """Clients that hang up are part of the game."""

    @property
    def port(self):
        return self.server_address[1]

    @property
    def base(self):
        return f"http://{self.server_address[0]}:{self.port}"

    def answer(self, path, query):
        raise NotImplementedError

    def answer_to(self, request):
        """To a request as it is logged: method, path, query, body (all text), headers."""
        return self.answer(request["path"], dict(parse_qsl(request["query"])))

    def control(self, order):
        """Carries out one order of the control endpoint; subclasses take further members."""
        if order.get("reset"):
            self.rules.clear()
        if "path" in order:
            rule = {key: value for key, value in order.items() if key != "path"}
            if rule:
                self.rules[order["path"]] = rule
            else:
                self.rules.pop(order["path"], None)

    def take_rule(self, path):
        with self.lock:
            above = [f"{path[:end]}/*" for end, letter in enumerate(path) if letter == "/"]
            key = next((key for key in [path, *reversed(above)] if key in self.rules), "*")
            rule = self.rules.get(key)
            if rule is None:
                return {}
            if "times" in rule:
                rule["times"] -= 1
                if rule["times"] <= 0:
                    del self.rules[key]
            return dict(rule)

    def note(self, entry):
        with self.lock:
            self.log.append(entry)
            if self.log_file:
                with open(self.log_file, "a", encoding="utf-8") as out:
                    out.write(json.dumps(entry) + "\n")

    def requests(self, prefix="/"):
        """Paths asked so far, without the control endpoint's."""
        with self.lock:
            return [entry["path"] for entry in self.log if entry["path"].startswith(prefix)]

    def close(self):
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "scripted"

    def log_message(self, *_):
        pass

    def do_GET(self):
        address = urlsplit(self.path)
        path = unquote(address.path)
        if path == "/_log":
            with self.server.lock:
                self._send(Answer(200, self.server.log))
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        request = {"method": self.command, "path": path, "query": address.query, "body": body,
                   "headers": dict(self.headers), "at": time.time()}
        self.server.note(request)
        rule = self.server.take_rule(path)
        if rule.get("hang"):
            self.server.closing.wait()
            self.close_connection = True
            return
        if rule.get("reset_connection"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            os.close(self.connection.detach())  # no shutdown before it
            return
        if "delay" in rule:
            self.server.closing.wait(rule["delay"])
        self._bend(rule, self.server.answer_to(request))

    do_HEAD = do_POST = do_GET

    def do_PUT(self):
        orders = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        with self.server.lock:
            for order in orders if isinstance(orders, list) else [orders]:
                self.server.control(order)
        self._send(Answer(200, {"done": True}))

    def do_DELETE(self):
        with self.server.lock:
            self.server.log.clear()
        self._send(Answer(200, {"done": True}))

    def _bend(self, rule, answer):
        if "redirect" in rule:
            answer = Answer(302, b"", headers={"Location": rule["redirect"]})
        if "body" in rule:
            answer.body = rule["body"].encode()
        if "body_file" in rule:
            with open(rule["body_file"], "rb") as recorded:
                answer.body = recorded.read()
        answer.status = rule.get("status", answer.status)
        if "gzip_bomb" in rule:
            answer.body = bomb(rule["gzip_bomb"])
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers.update(rule.get("headers", {}))
        if rule.get("endless"):
            self._send_endlessly(answer)
        elif "cut" in rule or "drip" in rule:
            self._send_in_pieces(answer, rule)
        else:
            self._send(answer)

    def _head(self, answer, length):
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send(self, answer):
        self._head(answer, len(answer.body))
        self.wfile.write(answer.body)

    def _send_in_pieces(self, answer, rule):
        self._head(answer, len(answer.body))
        body = answer.body[:rule["cut"]] if "cut" in rule else answer.body
        size = rule.get("drip", len(body) or 1)
        for start in range(0, len(body), size):
            self.wfile.write(body[start:start + size])
            self.wfile.flush()
            if "drip" in rule and self.server.closing.wait(rule.get("drip_gap", 0.2)):
                break
        if "cut" in rule:
            self.close_connection = True

    def _send_endlessly(self, answer):
        self._head(answer, None)
        piece = answer.body + b" " * max(0, 65536 - len(answer.body))
        while not self.server.closing.is_set():
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            piece = b" " * 65536


def load_json(path):
    with open(path, encoding="utf-8") as text:
        return json.load(text)


def existing(path):
    return path if os.path.exists(path) else None
