"""Files that an app brings."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.workspace import COLLEAGUES, YOU


@pytest.fixture
def bring(client, session):
    """Brings a file as far as Slack's own steps go; gives its id."""

    async def bring(content=b"{}", length=None):
        begun = await client.files_getUploadURLExternal(
            filename="a<b>.json", length=len(content) if length is None else length
        )
        async with session.post(begun["upload_url"], data=content) as response:
            return begun["file_id"], response.status

    return bring


async def test_a_file_is_shared_with_who_it_is_for_alone(slack, client, bring, fetch):
    id_, status = await bring(b'{"a": 1}')
    assert status == 200
    await client.files_completeUploadExternal(files=[{"id": id_}], channels=[YOU.id], initial_comment="Here")
    (message,) = slack.messages(YOU.id)
    assert message.text == f"Here\n<{slack.origin}/files/{id_}|a&lt;b&gt;.json>"
    assert not slack.messages(COLLEAGUES[0].id, COLLEAGUES[0])
    found = await fetch("GET", f"{slack.origin}/files/{id_}")
    assert found.body == b'{"a": 1}'
    assert found.headers["Content-Disposition"] == "attachment"


async def test_what_was_not_brought_is_not_shared(slack, client, bring):
    id_, status = await bring(b"12", length=3)
    assert status == 400
    for files in ([{"id": id_}], [{"id": "F404"}], []):
        with pytest.raises(SlackApiError, match="file_not_found"):
            await client.files_completeUploadExternal(files=files, channels=[YOU.id])
    assert not slack.messages(YOU.id)


@pytest.mark.parametrize("length", [0, -1, 10**9])
async def test_a_size_that_is_none_is_refused(bring, length):
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await bring(length=length)


async def test_a_file_is_brought_once(slack, client, session, bring):
    id_, _ = await bring(b"12")
    async with session.post(f"{slack.origin}/upload/{id_}", data=b"34") as response:
        assert response.status == 400
    await client.files_completeUploadExternal(files=[{"id": id_}], channels=[YOU.id])
    assert slack.files.known[id_].content == b"12"


async def test_what_is_not_there_is_not_found(slack, fetch):
    assert (await fetch("GET", f"{slack.origin}/files/F404")).status == 404
