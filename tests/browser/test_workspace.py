"""The local workspace as a person meets it."""

from pathlib import Path

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURE = Path(__file__).parents[2] / "docs" / "local-workspace.png"


async def _type(page, box, text):
    await page.get_by_label(box).fill(text)
    await page.get_by_label(box).press("Escape")  # closes the completions, so that Enter sends
    await page.get_by_label(box).press("Enter")


async def test_a_command_is_answered_for_its_asker_alone(page, request):
    await _type(page, "Message #general", "/lvm difference vision")
    await expect(page.get_by_role("heading", name="Vision vs. execution")).to_be_visible()
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await page.get_by_label("Message #general").focus()
    picture = await page.screenshot()
    if request.config.getoption("--renew-golden"):
        PICTURE.write_bytes(picture)


async def test_a_mention_is_answered_in_a_thread_that_goes_on(page):
    await _type(page, "Message #general", "@coach what is leadership?")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("log", name="Messages in the thread")
    await expect(thread.get_by_role("heading", name="What is leadership?")).to_be_visible()
    await page.get_by_label("Reply in thread").fill("@coach example?")
    await page.get_by_label("Reply in thread").press("Enter")
    await expect(thread.get_by_role("heading", name="What is leadership?: example")).to_be_visible()


async def test_a_follow_up_is_a_click_away(page):
    await _type(page, "Message #general", "/lvm difference 3")
    await page.get_by_role("button", name="How to do it").click()
    await expect(page.get_by_role("heading", name="Inspiration vs. control: how to do it")).to_be_visible()


async def test_sharing_asks_first_and_then_shows_it_to_all(page):
    await _type(page, "Message #general", "/lvm define management")
    await page.get_by_role("button", name="Share in channel").click()
    await page.get_by_role("dialog").get_by_role("button", name="Share", exact=True).click()
    await expect(page.get_by_text("Shared by")).to_be_visible()


async def test_the_home_tab_answers_in_private_and_goes_on(page):
    await page.get_by_role("link", name="Coach home").click()
    await page.get_by_label("Ask in your own words").fill("what is management?")
    await page.get_by_label("Ask in your own words").press("Enter")
    window = page.get_by_role("dialog")
    await expect(window.get_by_role("heading", name="What is management?")).to_be_visible()
    await window.get_by_label("Ask another question").fill("why?")
    await window.get_by_role("button", name="Ask", exact=True).click()
    await expect(window.get_by_role("heading", name="What is management?: why")).to_be_visible()


async def test_a_topic_is_found_by_browsing(page):
    await page.get_by_role("link", name="Coach home").click()
    menus = page.locator("#home-panel").get_by_role("combobox")
    await expect(menus).to_have_count(11)
    await menus.nth(1).click()
    await page.get_by_role("option", name="Change vs. stability").click()
    await expect(
        page.get_by_role("dialog").get_by_role("heading", name="Change vs. stability")
    ).to_be_visible()


async def test_the_messages_tab_suggests_what_to_ask(page):
    await page.get_by_role("link", name="Coach home").click()
    await page.get_by_role("tab", name="Messages").click()
    await page.get_by_role("button", name="Vision vs. execution").click()
    log = page.get_by_role("log")
    await expect(log.get_by_role("heading", name="Vision vs. execution")).to_be_visible()


async def test_what_people_write_is_never_run_as_code(page):
    await _type(page, "Message #general", "<img src=x onerror=alert(1)> <b>bold</b> & co")
    await expect(page.get_by_text("<img src=x onerror=alert(1)> <b>bold</b> & co")).to_be_visible()
    await expect(page.locator("main img")).to_have_count(0)


async def test_completion_finds_the_command_and_its_words(page):
    box = page.get_by_label("Message #general")
    await box.press_sequentially("/lv")
    await expect(page.get_by_role("option", name="/lvm").first).to_be_visible()
    await box.press("Tab")
    await box.press_sequentially("diff")
    await expect(page.get_by_role("option", name="difference").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_a_phone_in_light_and_dark(open_page, scheme):
    page = await open_page(viewport={"width": 360, "height": 700}, color_scheme=scheme)
    await _type(page, "Message #general", "/lvm difference vision")
    await expect(page.get_by_role("heading", name="Vision vs. execution")).to_be_visible()
    width = await page.locator("body").evaluate("body => body.scrollWidth")
    assert width <= 360


async def test_the_list_of_places_opens_and_closes_by_keyboard_on_a_phone(open_page):
    page = await open_page(viewport={"width": 360, "height": 700})
    button, places = page.locator("#menu-button"), page.get_by_role("navigation")
    await button.press("Enter")
    await expect(places.get_by_role("link", name="general")).to_be_focused()
    for _ in range(12):  # more than there are places: what the list covers is never reached
        await page.keyboard.press("Tab")
        assert await page.evaluate("() => !document.querySelector('main').contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(places).to_be_hidden()
    await button.press("Enter")
    await places.get_by_role("link", name="random").press("Enter")
    await expect(page.get_by_label("Message #random")).to_be_focused()
    await expect(places).to_be_hidden()


async def test_a_tip_comes_when_the_clock_is_put_to_it(page):
    await page.get_by_role("link", name="Coach", exact=True).click()
    await _type(page, "Message Coach", "/lvm daily at 8:30")
    await expect(page.get_by_role("heading", name="Your daily tip")).to_be_visible()
    await page.get_by_role("button", name="Next tip").click()
    await expect(page.get_by_role("heading", name="Your tip for today")).to_be_visible()
    await expect(page.get_by_role("region", name="Clock").get_by_role("time")).to_contain_text("08:30")
    await page.get_by_role("button", name="Tried it").click()
    await expect(page.get_by_text("Well done.")).to_be_visible()


async def test_hour_and_days_of_the_tip_are_picked_in_the_home_tab(page):
    await page.get_by_role("link", name="Coach home").click()
    await page.get_by_role("button", name="Send a daily tip").click()
    hour = page.get_by_label("Hour")
    await expect(hour).to_have_value("10:00")
    await hour.fill("08:30")
    await hour.press("Enter")
    await expect(page.get_by_text("Weekdays at 08:30, Madrid time")).to_be_visible()
    await page.get_by_role("combobox", name="Days").click()
    await page.get_by_role("option", name="Every day").click()
    await expect(page.get_by_text("Every day at 08:30, Madrid time")).to_be_visible()
    await expect(page.get_by_label("Hour")).to_have_value("08:30")
