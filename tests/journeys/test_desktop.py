#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window, the tray and the notification, driven from outside on a private desktop."""
import signal
import unittest

from desktop import Desktop, Window, wait_for
from harness import DONE, Journey, values

NAME = "www.alpha.com"
DESKTOP = None


def setUpModule():
    global DESKTOP  # pylint: disable=global-statement
    DESKTOP = Desktop()


def tearDownModule():
    DESKTOP.close()


class OnTheDesktop(Journey):
    def setUp(self):
        super().setUp()
        DESKTOP.notifications.clear()
        self.workspace.extra = {key: value for key, value in DESKTOP.environment.items()
                                if key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR",
                                           "QT_LINUX_ACCESSIBILITY_ALWAYS_ON")}
        self.window = Window()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.program = None

    def open(self):
        self.program = self.workspace.start()
        self.addCleanup(self.close)
        wait_for("the window", lambda: self.window.find(role="frame"))

    def close(self):
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGTERM)
        self.program.communicate(timeout=30)
        wait_for("the window to be gone", lambda: self.window.application() is None)

    def test_a_zone_change_is_one_card_in_window_tray_notification_and_command_line(self):
        self.open()
        self.workspace.watch(NAME)
        wait_for("the tray icon", DESKTOP.tray_icons)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.assertEqual(self.workspace.poll()["alerts"], 1)
        self.assert_cards(1)
        told = wait_for("a notification", lambda: list(DESKTOP.notifications))
        self.assertEqual(len(told), 1)
        self.assertTrue(any("www[.]alpha[.]com" in text for text in told[0]), told)
        self.assertTrue(any("1 change" in text and "(s)" not in text for text in told[0]), told)
        DESKTOP.click_notification()
        wait_for("the card in the inbox", lambda: self.window.find(role="list item", text="alpha"))
        self.workspace.poll()
        self.assertEqual(len(DESKTOP.notifications), 1)

    def test_the_side_bar_works_through_the_accessibility_bus(self):
        self.open()
        for page in ("Monitors", "Sources", "Settings", "Inbox"):
            self.window.press(self.window.find(role="push button", text=page)[0])
            wait_for(f"the page {page}", lambda page=page: self.window.find(role="frame", text=page))

    def test_commands_are_answered_by_the_open_desktop(self):
        self.open()
        self.assertEqual(values(self.workspace.lookup(NAME), "resolutions"), ["203.0.113.1"])
        self.workspace.watch(NAME)
        self.assertEqual(self.workspace.watched(), [NAME])
        self.assertIsNone(self.program.poll())

    def test_a_second_desktop_raises_the_first(self):
        self.open()
        second = self.workspace.run(seconds=30)
        self.assertEqual(second.code, DONE, second)
        self.assertIsNone(self.program.poll())

    def test_everything_is_as_it_was_after_a_kill(self):
        self.open()
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        card, = self.assert_cards(1)
        self.program.kill()
        self.program.communicate()
        self.open()
        self.assertEqual([each["id"] for each in self.assert_cards(1)], [card["id"]])
        self.assertEqual(self.workspace.watched(), [NAME])


if __name__ == "__main__":
    unittest.main()
