#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Watchglass authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window, the tray and the notification, driven from outside on a private desktop."""
import os
import signal
import unittest

from desktop import Desktop, Window, wait_for
from harness import DONE, FAILED, UNREACHABLE, Journey, values
from lyingresolver import LyingResolver

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
        DESKTOP.start_tray()
        DESKTOP.notifications.clear()
        DESKTOP.replaced.clear()
        self.workspace.extra = {key: value for key, value in DESKTOP.environment.items()
                                if key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR",
                                           "QT_LINUX_ACCESSIBILITY_ALWAYS_ON")}
        self.window = Window()
        self.dns_world(**{"www_alpha_com": ["A 203.0.113.1"]})
        self.program = None

    def start(self):
        self.program = self.workspace.start()
        self.addCleanup(self.close, self.program)

    def open(self):
        self.start()
        wait_for("the window", lambda: self.window.find(role="frame"))

    def close(self, program):
        if program.poll() is None:
            program.send_signal(signal.SIGTERM)
        if not program.stdout.closed:
            program.communicate(timeout=30)
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

    def test_notifications_of_the_sample_story_say_so(self):
        self.workspace.path = os.path.join(self.folder, "story")
        self.program = self.workspace.start("--sample")
        self.addCleanup(self.close, self.program)
        told = wait_for("a notification", lambda: [text for told in list(DESKTOP.notifications) for text in told
                                                   if "alerts" in text], 60)
        self.assertEqual(told[0], "Sample story: 4 alerts")
        wait_for("the tray icon", DESKTOP.tray_icons)
        DESKTOP.point_at_tray_icon()
        wait_for("the tool tip", lambda: self.window.find(text="Watchglass (sample): 4 open alerts"))

    def test_cards_raised_one_after_the_other_are_one_notification_that_grows(self):
        names = [f"host{number}.alpha.com" for number in range(6)]
        for number, name in enumerate(names):
            self.zone.put(name, f"A 203.0.113.{number + 1}")
        self.zone.apply()
        self.open()
        self.workspace.watch(*names)
        for number, name in enumerate(names):
            self.zone.put(name, f"A 203.0.113.{number + 1}", f"A 198.51.100.{number + 1}")
        self.zone.apply()
        self.assertEqual(self.workspace.poll()["alerts"], 6)
        wait_for("all of them to be told", lambda: any("6 alerts" in text for told in list(DESKTOP.notifications)
                                                       for text in told))
        self.assertEqual(DESKTOP.replaced[0], 0)
        self.assertNotIn(0, DESKTOP.replaced[1:], "another one instead of the same that grows")

    def test_the_same_change_on_several_is_told_as_one_alert(self):
        names = [f"host{number}.alpha.com" for number in range(4)]
        for number, name in enumerate(names):
            self.zone.put(name, f"A 203.0.113.{number + 1}")
        self.zone.apply()
        self.open()
        self.workspace.watch(*names)
        for number, name in enumerate(names):
            self.zone.put(name, f"A 203.0.113.{number + 1}", "A 198.51.100.77")
        self.zone.apply()
        self.workspace.poll()
        told = wait_for("all of them to be told", lambda: [told for told in list(DESKTOP.notifications)
                                                           if any("…" in text for text in told)])
        self.assertIn("1 alert", told[-1])

    def test_a_command_says_that_its_question_waits_for_the_network(self):
        self.resolver.close()
        self.open()
        asked = self.workspace.run("lookup", NAME)
        self.assertEqual(asked.code, UNREACHABLE, asked)
        self.assertIn("asked again when the network is back", asked.err)
        wait_for("the question to wait", lambda: self.window.find(role="push button", text="waiting"))

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

    def raise_card(self):
        """A card, opened from its notification, with the focus on it."""
        self.workspace.watch(NAME)
        self.zone.put(NAME, "A 203.0.113.1", "A 198.51.100.9").apply()
        self.workspace.poll()
        wait_for("a notification", lambda: list(DESKTOP.notifications))
        DESKTOP.click_notification()
        wait_for("the card in the inbox", lambda: self.window.find(role="list item", text="alpha"))
        wait_for("the focus", lambda: "Inbox" in DESKTOP.focused())
        return self.assert_cards(1)[0]

    def state_of_the_card(self):
        return self.workspace.alerts()[0]["state"]

    def test_s_snoozes_a_card_and_u_takes_it_back(self):
        self.open()
        self.raise_card()
        before = DESKTOP.windows()
        DESKTOP.keys("s")
        wait_for("the menu of times", lambda: DESKTOP.windows() > before)
        DESKTOP.keys("Return")
        wait_for("the card to be snoozed", lambda: self.state_of_the_card() == "snoozed")
        card, = self.assert_cards(1)
        self.assertGreater(card["snoozed_until"], card["detected_at"])
        DESKTOP.keys("u")
        wait_for("the card to be new again", lambda: self.state_of_the_card() == "new")

    def look_up(self, name):
        DESKTOP.keys("ctrl+k")
        DESKTOP.write(name)
        DESKTOP.keys("Return")
        wait_for(f"the page of {name}", lambda: self.window.find(role="frame", text=name))

    def test_offline_pages_open_from_the_cache_and_questions_wait_for_the_network(self):
        other = "two.alpha.com"
        self.zone.put(other, "A 203.0.113.2").apply()
        self.workspace.lookup(NAME)
        self.resolver.close()
        self.open()
        wait_for("the focus", lambda: DESKTOP.focused())
        self.look_up(NAME)
        wait_for("the address from the cache", lambda: self.window.find(text="203.0.113.1"))
        wait_for("its age", lambda: self.window.find(role="label", text="Last check"))
        self.look_up(other)
        wait_for("the question to wait", lambda: self.window.find(role="push button", text="waiting"))
        self.resolver = LyingResolver((self.zone.address, self.zone.port), port=self.resolver.port)
        self.addCleanup(self.resolver.close)
        wait_for("the answer", lambda: self.window.find(text="203.0.113.2"), 60)
        wait_for("nothing to wait", lambda: not self.window.find(role="push button", text="waiting"))
        self.assert_cards(0)

    def test_a_table_that_says_not_what_it_holds_is_asked_about(self):
        path = os.path.join(self.folder, "customers.csv")
        with open(path, "w", encoding="utf-8") as table:
            table.write("Kunde;Anschluss;Adresse;von\nACME;evil.alpha.com;203.0.113.9;2024-01-02\n")
        self.open()
        wait_for("the focus", DESKTOP.focused)
        DESKTOP.keys("ctrl+i")
        wait_for("the choice of a file", lambda: self.window.find(role="dialog", text="Import a list"))
        DESKTOP.write(path)
        DESKTOP.keys("Return")
        wait_for("the question", lambda: self.window.find(role="dialog", text="Import customers.csv"))
        DESKTOP.keys("Down")  # the customer is passed over until somebody says otherwise …
        DESKTOP.keys("Up")
        DESKTOP.keys("alt+i")  # … and the rest is proposed
        wait_for("what came of it", lambda: self.window.find(text="customers.csv imported"))
        known = self.workspace.lookup("evil.alpha.com", "--offline")
        self.assertEqual(values(known, "resolutions", "A"), ["203.0.113.9"])

    def test_closed_it_goes_on_in_the_tray_and_is_as_it_was_when_started_again(self):
        self.open()
        wait_for("the tray icon", DESKTOP.tray_icons)
        wait_for("the focus", DESKTOP.focused)
        self.look_up(NAME)
        self.close_window()
        self.raise_card()
        self.close_window()
        shown = DESKTOP.windows()
        DESKTOP.open_tray_menu()
        wait_for("the menu of the tray", lambda: DESKTOP.windows() > shown)
        DESKTOP.keys("q")
        self.assertEqual(self.program.wait(30), DONE)
        self.open()
        self.assert_cards(1)
        wait_for("the tab that was open", lambda: self.window.find(role="page tab", text=NAME))

    def test_a_tray_that_starts_after_the_program_takes_the_icon_in(self):
        DESKTOP.end_tray()
        self.addCleanup(DESKTOP.start_tray)
        self.open()
        self.assertEqual(DESKTOP.tray_icons(), [])
        DESKTOP.start_tray()
        wait_for("the tray icon", DESKTOP.tray_icons)

    @staticmethod
    def close_window():
        shown = DESKTOP.windows()
        DESKTOP.keys("alt+F4")
        wait_for("the window to be closed", lambda: DESKTOP.windows() < shown)

    def test_where_it_may_not_stay_closing_the_window_ends_it(self):
        self.workspace.set("tray.keep_running", "false")
        self.open()
        wait_for("the focus", DESKTOP.focused)
        DESKTOP.keys("alt+F4")
        self.assertEqual(self.program.wait(30), DONE)

    def test_it_opens_when_a_command_that_has_the_workspace_is_done(self):
        self.workspace.watch(NAME)
        self.resolver.say(NAME, "silent")
        self.resolver.queries.clear()
        polling = self.workspace.start("poll", "--all", "--json")
        self.addCleanup(polling.communicate)
        wait_for("the command to ask", lambda: self.resolver.asked(NAME))
        self.start()
        wait_for("words about the wait", lambda: self.window.find(role="label", text="Waiting"))
        self.resolver.forget()
        wait_for("the window", lambda: self.window.find(role="push button", text="Inbox"))
        self.assertEqual(polling.wait(30), DONE)

    def test_a_workspace_that_cannot_be_made_is_said_in_a_window(self):
        self.workspace.path = os.path.join(self.workspace.path, "lock", "below-a-file")
        self.start()
        wait_for("the reason", lambda: self.window.find(text="cannot be made"))
        wait_for("the focus", DESKTOP.focused)
        DESKTOP.keys("Escape")
        _, err = self.program.communicate(timeout=30)
        self.assertEqual(self.program.returncode, FAILED)
        self.assertIn("--workspace DIR", err)

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
