"""What is thrown at the door, over real HTTP: a fitting status each time, and nothing kept of the body."""

import asyncio
import gzip
import io
import json
import time

import pytest
from aiohttp import web

from bot.slack.gate import MAX_BODY_BYTES, PATH, Gate

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
LARGE = 5 * 1024 * 1024

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Slack-Signature": None},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "g" * 64},
        {"X-Slack-Signature": "x" * 5000},
        {"X-Slack-Request-Timestamp": None},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "-1700000000"},
    ],
)
async def test_what_is_not_signed_by_slack_is_turned_away(door, mark, changed):
    answer = await door.knock(f"command=/lvm&text={mark}".encode(), **changed)
    assert answer.status == 401
    assert mark not in answer.text


@pytest.mark.parametrize("seconds", [-302, 302, -86_400])
async def test_an_old_or_future_signature_is_turned_away(door, mark, seconds):
    answer = await door.knock(f"text={mark}".encode(), at=int(time.time()) + seconds)
    assert answer.status == 401


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
@pytest.mark.parametrize("value", [b"v0=\xff\xfe\xe9", b"\xd9\xa1" * 10, b"1" * 9 + b"\xb2"])
async def test_a_header_that_is_not_ascii_is_turned_away(door, mark, name, value):
    body = f"text={mark}".encode()
    headers = {key: each.encode() for key, each in door.sign(body).items()} | {name: value}
    answer = await _raw(door, headers, body)
    assert answer.startswith((b"HTTP/1.1 401 ", b"HTTP/1.1 400 "))
    assert mark.encode() not in answer


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"text=%s\xff\xfe", FORM),
        (b"text=%s%%ff", FORM),
        (b"text=%s" + b"&a=b" * 50_000, FORM),
        (b"payload=%%7Bbroken%s", FORM),
        (b"payload=%s", FORM),
        (b"payload=", FORM),
        (b"payload=[]", FORM),
        (b"payload=null", FORM),
        (b"payload=5", FORM),
        (b"null", JSON),
        (b'["%s"]', JSON),
        (b'"%s"', JSON),
        (b"{broken%s", JSON),
        (b"", JSON),
        (b"[" * 250_000, JSON),
        (b'{"a":' * 50_000, JSON),
        (b'{"text":"%s","a":' + b"9" * 5000 + b"}", JSON),
        ('{"text":"%s"}'.encode("utf-16"), JSON + "; charset=utf-16"),
    ],
)
async def test_a_signed_body_that_slack_never_sends_is_a_bad_request(door, mark, body, content_type):
    if b"%s" in body:
        body = body.replace(b"%s", mark.encode()).replace(b"%%", b"%")
    answer = await door.knock(body, content_type)
    assert answer.status == 400
    assert mark not in answer.text


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "no-such", "%s", "\\"])
async def test_the_charset_that_a_request_names_is_not_looked_at(door, mark, charset):
    body = json.dumps({"type": "unknown", "text": mark}).encode()
    assert (await door.knock(body, f"{JSON}; charset={charset}")).status == 200


@pytest.mark.parametrize("fields", [101, 100_000])
async def test_a_hundred_thousand_fields_are_not_read(door, mark, fields):
    body = b"&".join([f"text={mark}".encode(), *[b"a="] * fields])
    answer = await door.knock(body)
    assert answer.status == (413 if len(body) > MAX_BODY_BYTES else 400)


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("chunked", [True, False])
async def test_five_megabytes_are_too_large_whoever_sends_them(door, signed, chunked):
    body = b"x" * LARGE
    headers = {"Content-Type": FORM, **(door.sign(body) if signed else {})}
    data = _pieces(body) if chunked else io.BytesIO(body)
    assert (await door.request("POST", PATH, data=data, headers=headers)).status == 413


async def test_a_small_body_that_unpacks_to_a_large_one_is_too_large(door):
    body = gzip.compress(b"x" * LARGE)
    assert (await door.knock(body, **{"Content-Encoding": "gzip"})).status == 413


async def test_a_body_that_does_not_unpack_is_a_bad_request(door, mark):
    answer = await door.knock(mark.encode(), **{"Content-Encoding": "gzip"})
    assert answer.status == 400


async def test_a_broken_chunk_is_a_bad_request(door, mark, quiet):
    answer = await _raw(door, {"Transfer-Encoding": b"chunked"}, f"zz\r\n{mark}\r\n".encode())
    assert b" 400 " in answer[:20]
    assert mark.encode() not in answer
    assert mark not in quiet.text
    quiet.clear()  # aiohttp logs a traceback of its own here, which `bot.logs` leaves out


async def test_who_announces_too_much_is_answered_at_once_and_hung_up_on(door):
    answer = await _raw(door, {"Content-Length": str(LARGE).encode()}, b"x")
    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_body_that_never_ends_is_given_up(unused_app, mark):
    answer = await _raw(unused_app, {"Content-Length": b"100"}, mark.encode())
    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_who_leaves_in_the_middle_leaves_no_trace(door, mark):
    reader, writer = await _send(door, {"Content-Length": b"100"}, mark.encode())
    writer.transport.abort()
    assert (await door.request("GET", "/healthz")).status == 200
    assert reader.at_eof()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_another_method_is_not_allowed(door, method):
    assert (await door.request(method, PATH)).status == 405


@pytest.mark.parametrize("path", ["/", "/slack", PATH + "/", "/admin", "/metrics", "/slack/events/../x"])
async def test_there_is_nothing_at_any_other_path(door, path):
    assert (await door.request("POST", path, data=b"x")).status == 404


async def test_the_same_request_is_taken_once(door):
    body = b"command=/lvm&text=help&user_id=U1&channel_id=C1"
    assert (await door.knock(body, at=int(time.time()))).status == 200
    assert (await door.knock(body, at=int(time.time()) - 1)).status == 200
    assert (await door.knock(body, at=int(time.time()) - 1)).status == 401


async def test_the_same_event_under_a_new_signature_is_answered_once(slack, door, said):
    await slack.direct_message("what is leadership?")
    await slack.until(lambda: said(slack, _direct(slack)))
    first = slack.deliveries[0].envelope.payload
    body = json.dumps(first).encode()
    answers = [await door.knock(body, JSON, at=int(time.time()) - late) for late in (1, 2, 3)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    await slack.direct_message("what is management?")
    await slack.until(lambda: len(said(slack, _direct(slack))) > 1)
    assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 2


def _direct(slack):
    return next(c.id for c in slack.workspace.channels.values() if c.kind == "im")


async def _pieces(body):
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


@pytest.fixture
async def unused_app():
    """A door that waits a twentieth of a second for a body, with nothing behind it."""
    app = web.Application()
    app.router.add_post(PATH, Gate(None, "secret", read_seconds=0.05).handle)
    runner = web.AppRunner(app, lingering_time=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield type("Server", (), {"address": f"http://127.0.0.1:{runner.addresses[0][1]}"})
    await runner.cleanup()


async def _send(server, headers, body):
    host, port = server.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = {"Host": b"x", "Content-Type": FORM.encode(), **headers}
    if not lines.keys() & {"Content-Length", "Transfer-Encoding"}:
        lines["Content-Length"] = str(len(body)).encode()
        lines["Connection"] = b"close"
    head = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in lines.items())
    writer.write(f"POST {PATH} HTTP/1.1\r\n".encode() + head + b"\r\n" + body)
    await writer.drain()
    return reader, writer


async def _raw(server, headers, body):
    """Send these very bytes; read until the other side hangs up, which it must."""
    reader, writer = await _send(server, headers, body)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer
