"""The Teams side of the local workspace as a person meets it."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.playground.emulator import Emulator
from bot.playground.no_teams import no_teams
from bot.trying import NO_PACKAGE, Clock, both, coaching

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def slack(coach):
    """Both platforms with the coach in them, as `lvm try` opens them."""
    clock = Clock()
    async with both(0, clock) as (slack, teams), coaching(slack, coach, clock, teams):
        yield slack


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page):
    return await open_page("/teams", viewport={"width": 1280, "height": 900})


async def _say(page, box, text):
    await page.get_by_label(box, exact=True).fill(text)
    await page.get_by_label(box, exact=True).press("Escape")  # closes the completions, so that Enter sends
    await page.get_by_label(box, exact=True).press("Enter")


async def _go(page, place):
    await page.get_by_role("link", name=place).click()


async def test_whoever_opens_it_is_welcomed_by_a_card_with_buttons(page):
    await expect(page.get_by_role("heading", name="Leading or managing?")).to_be_visible()
    await page.get_by_role("button", name="Vision vs. execution").click()
    await expect(page.get_by_role("heading", name="Vision vs. execution")).to_be_visible()
    await expect(page.get_by_role("heading", name="Leading or managing?")).to_have_count(0)


async def test_a_button_works_by_keyboard_and_the_focus_stays_at_the_message(page):
    await _say(page, "Message Coach", "difference vision")
    await page.get_by_role("button", name="Example").press("Enter")
    await expect(page.get_by_role("heading", name="Vision vs. execution: example")).to_be_visible()
    article = page.get_by_role("article").filter(has_text="Vision vs. execution: example")
    await expect(article).to_be_focused()


async def test_a_choice_is_made_from_a_menu(page):
    await _say(page, "Message Coach", "difference vision")
    await page.get_by_label("For my role").select_option("I am an executive")
    await page.get_by_title("Show: For my role").click()
    await expect(page.get_by_text("As an executive")).to_be_visible()


async def test_a_menu_with_nothing_chosen_says_so_below_the_card_which_stays(page):
    await _say(page, "Message Coach", "difference vision")
    await page.get_by_title("Show: For my role").click()
    await expect(
        page.get_by_role("status").get_by_text("Choose something from the list first")
    ).to_be_visible()
    await expect(page.get_by_role("heading", name="Vision vs. execution")).to_be_visible()
    await page.get_by_role("button", name="Example").click()
    await expect(page.get_by_text("Choose something from the list first")).to_have_count(0)


async def test_what_is_chosen_stays_when_an_answer_is_judged(page):
    await _say(page, "Message Coach", "difference vision")
    await page.get_by_label("For my role").select_option("I am an executive")
    thumb = page.get_by_role("button", name="Helpful", exact=True)
    await thumb.press("Enter")
    await expect(thumb).to_have_attribute("aria-pressed", "true")
    await expect(thumb).to_be_focused()
    await expect(page.get_by_label("For my role").locator("option:checked")).to_have_text("I am an executive")


async def test_a_mention_is_answered_in_a_thread_that_goes_on(page):
    await _go(page, "Leads")
    await _say(page, "Message Leads", "@Coach what is leadership?")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("log", name="Messages in the thread")
    await expect(thread.get_by_role("heading", name="What is leadership?")).to_be_visible()
    await page.get_by_label("Reply in thread").fill("@Coach example?")
    await page.get_by_label("Reply in thread").press("Enter")
    await expect(thread.get_by_role("heading", name="What is leadership?: example")).to_be_visible()


@pytest.mark.parametrize("place", ["Leads", "Ana, Ben, Gil and Coach"])
async def test_a_command_is_completed_and_answered_for_its_asker_alone(page, place):
    await _go(page, place)
    box = page.get_by_label(f"Message {place}", exact=True)
    await box.press_sequentially("/diff")
    await expect(page.get_by_role("option", name="/difference").first).to_be_visible()
    await box.press("Tab")
    await box.press_sequentially("vision")
    await box.press("Enter")
    await expect(page.get_by_role("heading", name="Vision vs. execution")).to_be_visible()
    await expect(page.get_by_text("Only you can see this")).to_have_count(2)


async def test_what_people_write_is_never_run_as_code(page):
    await _say(page, "Message Coach", "<img src=x onerror=alert(1)> **bold** & co")
    await expect(page.get_by_text("<img src=x onerror=alert(1)> **bold** & co")).to_be_visible()
    await expect(page.locator("main img")).to_have_count(0)


async def test_a_tip_comes_when_the_clock_is_put_to_it(page):
    await _say(page, "Message Coach", "daily at 8:30")
    await expect(page.get_by_role("heading", name="Your daily tip")).to_be_visible()
    await page.get_by_role("button", name="Next tip").click()
    await expect(page.get_by_role("heading", name="Your tip for today")).to_be_visible()
    await expect(page.get_by_role("region", name="Clock").get_by_role("time")).to_contain_text("08:30")
    await page.get_by_role("button", name="Tried it").click()
    await expect(page.get_by_text("Well done.")).to_be_visible()


async def test_each_platform_is_one_click_from_the_other(page):
    await page.get_by_role("link", name="Slack").click()
    await expect(page.get_by_label("Message #general")).to_be_visible()
    await page.get_by_role("link", name="Teams").click()
    await expect(page.get_by_label("Message Coach")).to_be_focused()
    await expect(page.get_by_role("link", name="Teams")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_320_pixels_in_light_and_dark(open_page, scheme):
    page = await open_page("/teams", viewport={"width": 320, "height": 700}, color_scheme=scheme)
    await _say(page, "Message Coach", "difference vision")
    await _say(page, "Message Coach", "topics")
    await expect(page.get_by_role("heading", name="What I can talk about")).to_be_visible()
    assert await page.locator("body").evaluate("body => body.scrollWidth") <= 320
    hidden = """buttons => buttons.filter(each => each.getBoundingClientRect().right > 300
        || each.scrollWidth > each.clientWidth).map(each => each.textContent)"""
    assert await page.locator(".card button").evaluate_all(hidden) == []


async def test_cards_change_their_colours_with_the_page(open_page):
    page = await open_page("/teams", viewport={"width": 1280, "height": 900}, color_scheme="light")
    card = page.locator(".card").first
    await expect(card).to_have_css("background-color", "rgb(255, 255, 255)")
    await page.emulate_media(color_scheme="dark")
    await expect(card).to_have_css("background-color", "rgb(41, 41, 41)")


async def test_without_what_it_needs_the_page_says_what_to_install(open_page, slack):
    async with Emulator(beside=no_teams(NO_PACKAGE)) as alone:
        slack.origin = alone.origin
        page = await open_page("/teams")
        await expect(page.get_by_text("pip install 'lvm-coach[teams]'")).to_be_visible()
        await page.get_by_role("link", name="Back to Slack").click()
        await expect(page.get_by_role("link", name="Teams")).to_be_visible()
