"""A real browser on the local workspace. Where there is none: skipped with a reason, failing in CI."""

import os
import shutil

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from bot.playground.emulator import Emulator
from bot.trying import Clock, coaching, manifest_commands

expect.set_options(timeout=15_000)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Where the browser is."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI must have a Chromium: .ci/run installs it")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium):
    """Started once, as that takes longer than most of what is tried in it; each test has its own profile."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def slack(coach):
    """The local workspace with the coach in it, as `lvm try` opens it."""
    clock = Clock()
    async with Emulator(commands=manifest_commands(), clock=clock) as slack, coaching(slack, coach, clock):
        yield slack


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(slack, browser):
    """Opens the workspace's page with some settings; any error on it fails the test."""
    errors, pages = [], []

    async def open_with(path="/", **settings):
        page = await browser.new_page(**settings)
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        await page.goto(slack.origin + path)
        return page

    yield open_with
    for page in pages:
        await page.close()
    assert not errors


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page):
    return await open_page(viewport={"width": 1280, "height": 900})
