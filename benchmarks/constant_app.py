"""The yardstick: a Bolt app that answers `/lvm` with a constant, on Bolt's own aiohttp server."""

import sys

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def main() -> None:
    """Listen on the port given as the first argument, for the API at the second."""
    client = AsyncWebClient(token="xoxb-bench", base_url=sys.argv[2])  # noqa: S106  a made-up token
    app = AsyncApp(client=client, signing_secret="bench", process_before_response=True)  # noqa: S106  likewise

    @app.command("/lvm")
    async def answer(ack: AsyncAck) -> None:
        await ack(response_type="ephemeral", text="A constant.")

    app.server(port=int(sys.argv[1]), host="127.0.0.1").start()


if __name__ == "__main__":
    main()
