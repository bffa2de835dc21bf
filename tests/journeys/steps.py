"""What people do in the portal, step by step, as the journeys tell it."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

PASSWORD = "demo-portal"


def day(after: int = 0) -> str:
    """A day from today on, where the demo firm is, as date fields take it."""
    return (datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=after)).isoformat()


def sign_in(page: Page, who: str) -> Page:
    """Sign in with the form; the demo's people go by what stands before the @."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(who if "@" in who else f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")
    return page


def heading(page: Page, words: str) -> None:
    """The page says what it is."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))


def said(page: Page, words: str) -> None:
    """The page confirms what was done."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def in_queue(page: Page, words: str):
    """The entry of Today's queue that says this."""
    return page.locator(".queue > li").filter(has_text=words)


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow the link of this name."""
    page.get_by_role("link", name=name, exact=True).click()


def fill(where: Page | Locator, **values: str) -> None:
    """Write into fields by their names; choose by what an option says."""
    for name, value in values.items():
        field = where.locator(f"[name={name}]:not([type=hidden])")
        options = field.locator("option", has_text=value)
        if options.count():
            field.select_option(options.first.get_attribute("value"))
        else:
            field.fill(value)


def after_a_while(page: Page, wanted: Locator) -> Locator:
    """Look again until it is there: background work takes a moment."""
    for _ in range(60):
        if wanted.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(wanted).to_be_visible()
    return wanted


def share(page: Page, button: str) -> str:
    """Press the button that makes a link, and read its address off the page that shows it once."""
    press(page, button)
    heading(page, "Your link is ready")
    return urlsplit(page.get_by_label("Address").input_value()).path


def read_lessons(page: Page, lessons: int) -> None:
    """From the first lesson's page on, read each and go to the next step."""
    for number in range(1, lessons + 1):
        expect(page.locator("article .faint").first).to_contain_text(f"Step {number} of")
        assert len(page.locator(".prose").inner_text()) > 1000
        page.get_by_role("button", name=re.compile("^Done, next: ")).click()


def answer_all(page: Page, places: list[int]) -> None:
    """Choose the answer at its place in each question of a knowledge check, and see how it went."""
    questions = page.locator("fieldset.question")
    expect(questions).to_have_count(len(places))
    for question, place in zip(questions.all(), places, strict=True):
        question.get_by_role("radio").nth(place).check()
    press(page, "See how you did")


def right_places(page: Page) -> list[int]:
    """Where the right answers stand, as the page explains them; every answer says why."""
    questions = page.locator("section.question").all()
    for question in questions:
        assert question.locator(".why").count() == question.locator("li").count()
    return [
        next(place for place, answer in enumerate(question.locator("li").all()) if "is-right" in _classes(answer))
        for question in questions
    ]


def _classes(element) -> str:
    return element.get_attribute("class") or ""


def card(page: Page) -> str:
    """What the front of the present card says."""
    return page.locator(".drill-card .front").inner_text()


def at_the_keys(page: Page) -> None:
    """The practice listens to keys: its script puts the focus there once it does."""
    expect(page.locator("[data-drill]:focus-within")).to_be_visible()


def grade_by_keys(page: Page, key: str = "3", *, choose: int = 1) -> int:
    """Look at the answer of the present card and grade it, with the keyboard alone; the place of the right choice."""
    at_the_keys(page)
    if page.locator("[data-options]").count():
        page.keyboard.press(str(choose))
    else:
        page.keyboard.press("Space")
    expect(page.locator("[data-grades]")).to_be_visible()
    places = [_classes(option) for option in page.locator(".options > li").all()]
    _grade(page, key)
    return places.index("right") + 1 if places else 0


def _grade(page: Page, key: str) -> None:
    at_the_keys(page)
    known = page.locator(f"[name=rating][value='{key}']").count()
    shown = page.locator("[data-grades] [name=key]").input_value()
    page.keyboard.press(key if known else "1")
    expect(page.locator(f"[data-grades] [name=key][value='{shown}']")).to_have_count(0)


def answer_parts(page: Page, learned: dict[str, str]) -> dict[str, str]:
    """Write an answer, or give every part a place, as it was right last time; what was right now."""
    if page.locator("[data-check] textarea").count():
        page.locator("[data-check] textarea").fill("We help owners with tax and law.")
    for place, part in enumerate(page.locator("[data-check] .parts li").all(), 1):
        right = learned.get(part.locator("label").inner_text())
        part.locator("select").select_option(**({"label": right} if right else {"index": place}))
    page.locator("[data-check] button").click()
    expect(page.locator("[data-grades]")).to_be_visible()
    outcome = page.locator("[data-outcome] > li").all()
    right_ones = {
        row.locator("[data-prompt]").inner_text(): row.locator("[data-option]").inner_text() for row in outcome
    }
    _grade(page, "3")
    return right_ones


def answer_deck(page: Page) -> None:
    """Answer every card of a new deck; what was wrong comes again, and is right then."""
    learned: dict[str, int] = {}
    parts: dict[str, str] = {}
    while page.locator(".drill-card").count():
        front = card(page)
        if page.locator("[data-check]").count():
            parts |= answer_parts(page, parts)
        else:
            learned[front] = grade_by_keys(page, choose=learned.get(front, 1))


def fill_worksheet(page: Page, answer: str) -> None:
    """Write into every field of the worksheet, as a person would, and let it save itself."""
    for field in page.locator("[data-field]:visible").all():
        radios, select = field.get_by_role("radio"), field.locator("select")
        if radios.count():
            radios.last.check()
        elif select.count():
            select.select_option(index=1)
        elif field.locator("input[type=date]").count():
            field.locator("input").fill(day(3))
        elif field.locator("input[inputmode=decimal]").count():
            field.locator("input").fill("12")
        else:
            field.locator("input:not([type=hidden]), textarea").fill(answer)
    saved(page)


def saved(page: Page) -> None:
    """Wait until the worksheet says that it is saved, which it says only when it is true."""
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))


def move(page: Page, stage: str, **given: str) -> None:
    """Tell what happened with a referral."""
    fill(page, stage=stage, **given)
    press(page, "Keep what happened")
    said(page, f"It stands at “{stage}”")
