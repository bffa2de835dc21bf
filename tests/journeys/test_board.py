"""The pipeline's board in a real browser: cards move by keyboard and by hand, and every move can be undone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium


@pytest.fixture
def board(enter, portal):
    """The board of somebody new, with one ask on it."""
    page = enter(portal.newcomer())
    page.goto("/pipeline/new")
    steps.fill(page, contact="Imre Vastagh", organisation="Oakhurst Foundry", ask="A first talk")
    steps.press(page, "Log it")
    page.goto("/pipeline")
    return page


def card(page):
    return page.locator("[data-card]").filter(has_text="Oakhurst Foundry")


def stands_at(page, stage):
    expect(page.locator(f"section[data-stage={stage}]")).to_contain_text("Oakhurst Foundry")


def told(page, words):
    expect(page.get_by_role("status").filter(has_text="Oakhurst")).to_have_text(words)


def test_by_keyboard(board):
    card(board).get_by_role("link").focus()
    board.keyboard.press("ArrowRight")
    told(board, "Oakhurst Foundry now stands at “Asked”.")
    stands_at(board, "asked")
    expect(card(board).get_by_role("link")).to_be_focused()
    board.keyboard.press("ArrowRight")
    told(board, "Oakhurst Foundry now stands at “Introduced”.")
    steps.press(board, "Undo")
    told(board, "Undone. Oakhurst Foundry is back at “Asked”.")
    stands_at(board, "asked")
    board.keyboard.press("ArrowLeft")
    told(board, "Oakhurst Foundry now stands at “Planned”.")
    board.keyboard.press("ArrowLeft")
    told(board, "Oakhurst Foundry stands at the first stage.")


def test_by_hand(board):
    carry(board, board.locator("section[data-stage=proposal]"))
    told(board, "Oakhurst Foundry now stands at “Proposal”.")
    stands_at(board, "proposal")
    carry(board, board.locator("[data-zones] [data-stage=won]"))
    told(board, "Oakhurst Foundry now stands at “Won”.")
    expect(board.get_by_role("link", name="Say why")).to_have_attribute("href", re.compile(r"^/pipeline/\d+$"))
    steps.press(board, "Undo")
    stands_at(board, "proposal")


def carry(page, to):
    """Press on the card, carry it there, let go."""
    start = card(page).bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 30)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 50)
    end = to.bounding_box()
    page.mouse.move(end["x"] + 30, end["y"] + 40, steps=4)
    page.mouse.up()


def test_two_tabs(board):
    other = board.context.new_page()
    other.goto("/pipeline")
    card(board).get_by_role("link").focus()
    board.keyboard.press("ArrowRight")
    stands_at(board, "asked")
    card(other).get_by_role("link").focus()
    other.keyboard.press("ArrowRight")
    expect(other.get_by_role("status").filter(has_text="another tab")).to_be_visible()
    stands_at(other, "asked")
