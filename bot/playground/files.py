"""Files that the app brings: asked for, uploaded, and then shared in somebody's messages."""

import secrets
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from bot.playground.arguments import Arguments, RefusedError
from bot.playground.model import Json, Message
from bot.playground.typed import escape
from bot.playground.workspace import COACH, Workspace

MOST_BYTES: Final = 1024 * 1024
"""A longer file is refused; Slack takes a gigabyte."""


@dataclass(frozen=True, slots=True)
class File:
    """One file; until it was uploaded it has no content."""

    id: str
    name: str
    length: int
    content: bytes | None = None


class Files:
    """The files of a workspace, by id."""

    def __init__(self) -> None:
        self.host = ""
        """Where the workspace listens, such as `http://127.0.0.1:8080`."""
        self.known: dict[str, File] = {}

    async def take(self, request: web.Request) -> web.Response:
        """Take what is posted to `/upload/<id>`."""
        file = self.known.get(request.match_info["id"])
        content = await request.read()
        if file is None or file.content is not None or len(content) != file.length:
            return web.Response(status=400, text="no such upload, or of another length than was said")
        self.known[file.id] = replace(file, content=content)
        return web.Response(text=f"OK - {len(content)}")

    async def give(self, request: web.Request) -> web.Response:
        """Give the file of `/files/<id>` to the browser, to be saved and never to be shown."""
        file = self.known.get(request.match_info["id"])
        if file is None or file.content is None:
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    def get_upload_url(self, _workspace: Workspace, arguments: Arguments) -> Json:
        """Say where to bring a file (files.getUploadURLExternal)."""
        name, length = arguments.get_text("filename"), arguments.get_text("length")
        if not length.isdecimal() or not 0 < int(length) <= MOST_BYTES:
            raise RefusedError("invalid_arguments", ["[ERROR] length: must be a size in bytes"])
        file = File(f"F{secrets.token_hex(5).upper()}", name, int(length))
        self.known[file.id] = file
        return {"upload_url": f"{self.host}/upload/{file.id}", "file_id": file.id}

    def complete_upload(self, workspace: Workspace, arguments: Arguments) -> Json:
        """Share files that were brought, where `channels` says (files.completeUploadExternal)."""
        files = self._get_uploaded(arguments.find_json("files"))
        for wanted in filter(None, (arguments.find_text("channels") or "").split(",")):
            channel = workspace.find_channel(wanted)
            if channel is None:
                raise RefusedError("channel_not_found")
            links = [f"<{self.host}/files/{file.id}|{escape(file.name)}>" for file in files]
            text = "\n".join((arguments.find_text("initial_comment") or "", *links))
            workspace.post(Message(channel.id, "", COACH.id, text.strip(), bot=True))
        return {"files": [{"id": file.id, "title": file.name} for file in files]}

    def _get_uploaded(self, listed: object) -> list[File]:
        named = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        found = [self.known.get(str(each.get("id"))) for each in named]
        files = [file for file in found if file is not None and file.content is not None]
        if not files or len(files) != len(named):
            raise RefusedError("file_not_found")
        return files
