# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted WHOIS server on loopback: one line in, one text out (RFC 3912).

WhoisServer({"ru": "whois: whois.registry.com\\n", "alpha.ru": "…"}); put() changes answers, None
hangs up without a word.
"""
import socketserver
import threading

UNKNOWN = "No entries found for the selected source(s).\n"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        text = self.server.owner.answer(self.rfile.readline(1024).decode("utf-8", "replace").strip())
        if text is not None:
            self.wfile.write(text.replace("\n", "\r\n").encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class WhoisServer:
    def __init__(self, answers=None, address="127.0.0.1", port=0):
        self.answers = dict(answers or {})
        self.asked = []
        self.lock = threading.Lock()
        self._server = _Server((address, port), _Handler)
        self._server.owner = self
        self.port = self._server.server_address[1]
        self.base = f"http://{address}:{self.port}"  # as source.whois.base_url names it
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, line):
        with self.lock:
            self.asked.append(line)
            return self.answers.get(line.lower(), UNKNOWN)

    def put(self, line, text):
        with self.lock:
            self.answers[line] = text

    def close(self):
        self._server.shutdown()
        self._server.server_close()
