"""Pictures of numbers: honest shares, readings, and tones on which the figures can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import charts
from portal.charts import Trend

STYLES = Path("portal/static/css")


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 5, 0), (1, 1000, 1), (999, 1000, 99), (5, 5, 100), (6, 5, 100), (1, 0, 0)]
)
def test_none_and_all_are_kept_for_none_and_all(part, whole, percent):
    assert charts.share(part, whole) == percent


@given(st.integers(0, 100))
def test_tones_rise_with_the_share(percent):
    assert 1 <= charts.tone(percent) <= charts.tone(min(100, percent + 1)) <= 5


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_a_line_stays_in_its_picture(values):
    for point in charts.spark(values).line.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= charts.WIDTH
        assert 0 <= y <= charts.HEIGHT


def test_a_line_is_read_in_a_sentence():
    assert charts.spark([3, 9, 1200]).reading == "From 3 to 1,200 in 3 weeks; highest 1,200."
    assert charts.spark([0, 0]).reading == "Nothing yet."
    assert charts.spark([1, 2], ["€1k", "€2k"], "month").reading == "From €1k to €2k in 2 months; highest €2k."


def test_bars_are_as_wide_as_their_share_of_the_longest():
    assert [bar.width for bar in charts.bars([("a", 10, "10"), ("b", 5, "5"), ("c", 0, "0")])] == [100, 50, 0]


@pytest.mark.parametrize(
    ("values", "course"),
    [([10] * 12, Trend.STEADY), ([10] * 8 + [12] * 4, Trend.RISING), ([10] * 8 + [8] * 4, Trend.FALLING)],
)
def test_a_tenth_makes_a_trend(values, course):
    assert charts.trend(values) == course


def _luminance(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_figures_can_be_read_on_every_tone(scheme):
    named = re.findall(r"--([a-z-]+): light-dark\(#(\w{6}), #(\w{6})\)", (STYLES / "theme.css").read_text())
    colours = {name: [int(both[scheme][at : at + 2], 16) for at in (0, 2, 4)] for name, *both in named}
    tones = re.findall(
        r"\.tone-\d { background: (?:color-mix\(in srgb, var\(--accent\) (\d+)%, var\(--paper\)\)|var\(--accent\)); "
        r"color: var\(--([a-z-]+)\); }",
        (STYLES / "charts.css").read_text(),
    )
    assert len(tones) == 5
    for percent, ink in tones:
        much = int(percent or 100) / 100
        mixed = [much * a + (1 - much) * p for a, p in zip(colours["accent"], colours["paper"], strict=True)]
        light, dark = sorted((_luminance(mixed), _luminance(colours[ink])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
