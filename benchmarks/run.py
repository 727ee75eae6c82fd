"""`make bench`: the design's budgets, measured in one run, as ratios where machines differ."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from aiohttp import web
from load import SECRET, measure, pressed_button, signed_command

from bot.coach.question import Question
from bot.config import EMULATOR_TENANT
from bot.conversation import build_coach

ROOT = Path(__file__).parents[1]
LVM = Path(sys.executable).with_name("lvm")
REQUESTS = 6000
ROUNDS = 3


def main() -> None:
    asyncio.run(run())


async def run() -> None:
    print(f"{'what':58}{'measured':>14}{'budget':>14}")
    bench_answers()
    with TemporaryDirectory() as folder:
        await bench_http(folder)
    bench_cold_ask()


def row(what: str, measured: str, budget: str) -> None:
    print(f"{what:58}{measured:>14}{budget:>14}", flush=True)


def bench_answers() -> None:
    begun = time.perf_counter()
    coach = build_coach(None)
    row("content read and matcher fitted", f"{time.perf_counter() - begun:.2f} s", "")
    held_out = yaml.safe_load((ROOT / "tests/phrasings/on-topic.yaml").read_text())
    texts = [q if isinstance(q, str) else q["text"] for group in held_out.values() for q in group]
    taken = []
    for text in texts * 20:
        begun = time.perf_counter()
        coach.answer(coach.match(Question(text)))
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    row("one question matched and answered, p50", f"{taken[len(taken) // 2]:.3f} ms", "0.5 ms")
    row("one question matched and answered, p99", f"{taken[len(taken) * 99 // 100]:.3f} ms", "2 ms")


async def bench_http(folder: str) -> None:
    api, runner = await start_api()
    environment = os.environ | {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET.decode(),
        "SLACK_API_URL": api,
        "LVM_LOG_LEVEL": "error",
        "LVM_HOST": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/lvm.db",
    }
    ours, theirs = free_port(), free_port()
    begun = time.perf_counter()
    with started([str(LVM), "serve"], environment | {"PORT": str(ours)}) as server:
        await until_ready(ours, "/readyz")
        row("lvm serve: start to ready", f"{time.perf_counter() - begun:.2f} s", "1.5 s")
        constant = [sys.executable, str(ROOT / "benchmarks/constant_app.py"), str(theirs), api]
        with started(constant, environment):
            await until_ready(theirs, "/")
            await compare(ours, theirs)
        row("lvm serve: memory after the load", f"{resident_mib(server.pid):.0f} MiB", "100 MiB")
        await bench_both(ours, environment, api, folder)
    await runner.cleanup()


async def bench_both(alone: int, environment: dict[str, str], api: str, folder: str) -> None:
    """The same beside Teams, in one process, against the one that serves Slack alone."""
    port, service_url = free_port(), api.removesuffix("/api/")
    more = {
        "LVM_TEAMS_EMULATOR": service_url,
        "DATABASE_URL": f"sqlite:///{folder}/both.db",
        "PORT": str(port),
    }
    with started([str(LVM), "serve"], environment | more | {"PORT": str(port)}) as server:
        await until_ready(port, "/readyz")
        presses = [pressed_button(service_url, EMULATOR_TENANT) for _ in range(3000)]
        rate, _ = await measure(port, presses[1000:], 32)
        row("beside Teams: buttons of Teams, requests a second", f"{rate:.0f}", "")
        _, taken = await measure(port, presses[:1000], 1)
        row("… one connection, p50", f"{taken[500] * 1000:.2f} ms", "")
        ratios = []
        for _ in range(ROUNDS):
            rates = [
                (await measure(each, [signed_command("difference vision") for _ in range(REQUESTS)], 32))[0]
                for each in (port, alone)
            ]
            ratios.append(rates[0] / rates[1])
        row("… Slack's requests a second, as a share of Slack alone", f"{statistics.median(ratios):.2f}", "1")
        row("… memory after the load of both", f"{resident_mib(server.pid):.0f} MiB", "150 MiB")


async def compare(ours: int, theirs: int) -> None:
    for port in (ours, theirs):
        await measure(port, [signed_command("difference vision") for _ in range(500)], 8)
    _, taken = await measure(ours, [signed_command("difference vision") for _ in range(1000)], 1)
    row("signed /lvm difference vision, one connection, p50", f"{taken[500] * 1000:.2f} ms", "1 ms")
    ratios, rates = [], []
    for _ in range(ROUNDS):
        ours_rate, _ = await measure(ours, [signed_command("difference vision") for _ in range(REQUESTS)], 32)
        constant_rate, _ = await measure(theirs, [signed_command("x") for _ in range(REQUESTS)], 32)
        ratios.append(ours_rate / constant_rate)
        rates.append(ours_rate)
    row("… 32 connections, requests a second", f"{statistics.median(rates):.0f}", "")
    row("… as a share of a Bolt app that answers a constant", f"{statistics.median(ratios):.2f}", "0.70")


def bench_cold_ask() -> None:
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([str(LVM), "ask", "--json", "vision vs execution"], check=True, capture_output=True)  # noqa: S603  our own program
        taken.append(time.perf_counter() - begun)
    row("lvm ask from a cold start, median of five", f"{statistics.median(taken):.2f} s", "0.5 s")


async def start_api() -> tuple[str, web.AppRunner]:
    """A Web API that knows `auth.test`, which is all that these servers ask."""

    async def auth_test(_: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "team_id": "T1", "user_id": "U9", "bot_id": "B9", "url": "", "team": "", "user": ""}
        )

    app = web.Application()
    app.router.add_route("*", "/api/auth.test", auth_test)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/api/", runner


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603  our own programs
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


async def until_ready(port: int, path: str) -> None:
    for _ in range(1000):
        if await asyncio.to_thread(answers, f"http://127.0.0.1:{port}{path}"):
            return
        await asyncio.sleep(0.01)
    raise RuntimeError("the server did not get ready")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310  our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code == 404
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
