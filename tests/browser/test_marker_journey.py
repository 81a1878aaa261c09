"""A passage of a message is marked with the mouse and with a key, and taken off again."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.browser.conftest import findings
from town import cast
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

WORDS = "Dear 😀 support,\n\nthe lamp is dark & https://isp.example/lamp says\nnothing. Anneke"
CHOOSE = """([begin, end]) => {
  const words = document.querySelector(".entry__words[data-marks]")
  const walk = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const first = node.data.indexOf(begin), last = node.data.indexOf(end)
    if (first >= 0) range.setStart(node, first)
    if (last >= 0) range.setEnd(node, last + end.length)
  }
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""


def test_a_passage_is_marked_and_the_mark_taken_off(
    sign_in: Callable[..., Page], town: "Town"
) -> None:
    ticket = town.anneke.reports(WORDS, subject="Lamp", at=now() - timedelta(hours=1))
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{ticket}")
    marks = page.locator(".entry__words mark")

    page.keyboard.press("h")
    expect(page.locator("#said")).to_contain_text("Choose words of a message first")
    page.evaluate(CHOOSE, ["lamp is", "nothing"])
    page.get_by_role("button", name="Mark it").click()
    expect(marks).to_have_text(
        ["lamp is dark & ", "https://isp.example/lamp", " says\nnothing"], use_inner_text=False
    )
    expect(page.get_by_role("button", name="Mark it")).to_be_hidden()
    page.evaluate(CHOOSE, ["support", "support"])
    page.keyboard.press("h")
    expect(marks).to_have_count(4)
    page.reload()  # what was said of it lies over other things for a while
    expect(marks).to_have_count(4)
    assert findings(page) == []
    page.get_by_role("button", name="Take the mark off: lamp is dark").click()

    expect(marks).to_have_text(["support"])

    page.evaluate(CHOOSE, ["the lamp", "says"])
    page.get_by_role("link", name="A request of its own").click()
    name = "the lamp is dark & https://isp.example/lamp says"
    expect(page.get_by_label("Subject of the new request")).to_have_value(name)
    expect(page.get_by_label("What it is about")).to_have_value(name)
