# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web server of a target on loopback: one page and one icon.

WebServer("<title>…", {"X-Powered-By": "PHP"}) speaks plain HTTP; with certificate=CERTIFICATE it
speaks TLS, by a certificate that nobody vouches for. Page and headers may be replaced between two visits, and
rules of httpserver.py bend single paths.
"""
import os
import ssl

from httpserver import Answer, ScriptedServer

_HERE = os.path.dirname(os.path.abspath(__file__))
CERTIFICATE = os.path.join(_HERE, "alpha.pem")
OTHER_CERTIFICATE = os.path.join(_HERE, "alpha-renewed.pem")


class WebServer(ScriptedServer):
    def __init__(self, page="", headers=None, certificate=None):
        self.page = page
        self.headers = dict(headers or {})
        self.icon = b"icon"
        self.connections = 0
        self._tls = None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
            self._tls.set_alpn_protocols(["http/1.1"])
        super().__init__()

    def server_activate(self):
        super().server_activate()
        # The handshake is made where the request is read: who stalls it stops nobody else.
        if self._tls:
            self.socket = self._tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def present(self, certificate):
        """From now on the server says to be somebody else."""
        self._tls.load_cert_chain(certificate)

    @property
    def base(self):
        return f"{'https' if self._tls else 'http'}://{self.server_address[0]}:{self.port}"

    def answer(self, path, query):
        if path == "/":
            return Answer(200, self.page.encode(), "text/html; charset=utf-8", self.headers)
        if path == "/favicon.ico":
            return Answer(200, self.icon, "image/x-icon")
        return Answer(404, b"no such page", "text/plain")
