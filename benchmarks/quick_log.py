"""How long it takes to log a touch from one line, as a person types: the median is to be under thirty seconds.

Run with `python -m benchmarks.quick_log http://127.0.0.1:8000` against a portal with the demo firm. A browser types
with 60 to 80 milliseconds a key, looks at what was understood for two seconds, and presses. The clock runs from the
key L that opens the page until the portal says "Logged".
"""

import argparse
import random
import statistics
import sys
import time

from playwright.sync_api import Page, expect, sync_playwright

LINES = (
    "coffee with {who}, asked for intro to Tolvane Engineering, next Tue",
    "rang {who} yesterday",
    "lunch with {who} on Monday, send the paper on Friday",
    "met {who} at the chamber conference last Thursday",
    "emailed {who}, asked for two names in shipping, ring back in two weeks",
    "coffee with {who} and asked whether they know a controller who has just started",
)
LOOKS = 2.0
"""Seconds that somebody looks at the form before pressing."""
MOST = 30.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> int:
    """Log a touch so many times, and say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    asked.add_argument("--times", type=int, default=12)
    asked.add_argument("--who", default="practitioner@demo.example")
    asked.add_argument("--password", default="demo-portal")
    asked.add_argument("--chromium", default="/usr/bin/chromium")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=FLAGS)
        page = browser.new_context(base_url=given.address, viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        names = _signed_in(page, given.who, given.password)
        seconds = [_log(page, LINES[turn % len(LINES)], names, random.Random(turn)) for turn in range(given.times)]
        browser.close()
    median = statistics.median(seconds)
    print(f"{len(seconds)} touches: median {median:.1f} s, fastest {min(seconds):.1f} s, slowest {max(seconds):.1f} s")
    print(f"{'Under' if median < MOST else 'NOT under'} {MOST:.0f} s.")
    return 0 if median < MOST else 1


def _signed_in(page: Page, who: str, password: str) -> list[str]:
    """Sign in; the names of some contacts."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/")
    found = page.evaluate("async () => await (await fetch('/network/suggestions?q=')).json()")
    return [one["name"] for one in found] or ["Nora Vale"]


def _log(page: Page, line: str, names: list[str], rng: random.Random) -> float:
    """Log one touch by keyboard alone; how many seconds it took."""
    page.goto("/")
    text = line.format(who=rng.choice(names))
    began = time.monotonic()
    page.keyboard.press("l")
    page.wait_for_url("**/log")
    field = page.get_by_label("What happened?")
    for key in text:
        field.press_sequentially(key, delay=rng.uniform(60, 80))
    field.press("Enter")
    button = page.get_by_role("button", name="Log it", exact=True)
    button.wait_for()
    time.sleep(LOOKS)
    button.press("Enter")
    expect(page.get_by_role("heading", name="Logged", exact=True)).to_be_visible(timeout=60_000)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
