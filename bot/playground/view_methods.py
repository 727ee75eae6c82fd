"""The Web API's views.* and assistant.threads.* methods."""

from typing import Final

from bot.playground.arguments import Arguments, RefusedError
from bot.playground.chat import get_channel
from bot.playground.content import read_view
from bot.playground.model import Json, View
from bot.playground.payloads import view_json
from bot.playground.workspace import Workspace

PROMPTS: Final = 4
"""https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts, read 2026-11-21"""


def open_view(workspace: Workspace, arguments: Arguments) -> Json:
    """Open a modal (views.open)."""
    payload = _payload(workspace, arguments, "modal")
    user = workspace.views.triggers.spend(_trigger(arguments))
    return {"view": view_json(workspace.views.open(user, payload))}


def push_view(workspace: Workspace, arguments: Arguments) -> Json:
    """Put a modal upon the one that is open (views.push)."""
    payload = _payload(workspace, arguments, "modal")
    user = workspace.views.triggers.spend(_trigger(arguments))
    return {"view": view_json(workspace.views.push(user, payload))}


def update_view(workspace: Workspace, arguments: Arguments) -> Json:
    """Put other contents in a view's place (views.update)."""
    wanted = arguments.find_text("view_id") or arguments.get_text("external_id")
    before = workspace.views.find(wanted)
    if before is None:
        raise RefusedError("not_found")
    payload = _payload(workspace, arguments, before.payload["type"])
    after: View = workspace.views.update(before, payload, arguments.find_text("hash"))
    return {"view": view_json(after)}


def publish_view(workspace: Workspace, arguments: Arguments) -> Json:
    """Fill somebody's Home tab (views.publish)."""
    user = arguments.get_text("user_id")
    if user not in workspace.people:
        raise RefusedError("user_not_found")
    payload = _payload(workspace, arguments, "home")
    return {"view": view_json(workspace.views.publish(user, payload, arguments.find_text("hash")))}


def set_suggested_prompts(workspace: Workspace, arguments: Arguments) -> Json:
    """Pin prompts above the composer (assistant.threads.setSuggestedPrompts); thread_ts is not needed."""
    channel = get_channel(workspace, arguments, "channel_id")
    prompts = arguments.find_json("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS or not all(map(_is_prompt, prompts)):
        raise RefusedError(
            "invalid_arguments", [f"[ERROR] needs 1 to {PROMPTS} prompts with title and message"]
        )
    workspace.suggest(channel, arguments.find_text("title") or "", prompts)
    return {}


def set_status(workspace: Workspace, arguments: Arguments) -> Json:
    """Say what the app is doing (assistant.threads.setStatus)."""
    channel = get_channel(workspace, arguments, "channel_id")
    thread_ts = arguments.get_text("thread_ts")
    workspace.show_status(channel, thread_ts, arguments.find_text("status") or "")
    return {}


def _is_prompt(prompt: object) -> bool:
    return isinstance(prompt, dict) and all(
        isinstance(prompt.get(name), str) and prompt[name] for name in ("title", "message")
    )


def _trigger(arguments: Arguments) -> str:
    return arguments.find_text("trigger_id") or arguments.get_text("interactivity_pointer")


def _payload(workspace: Workspace, arguments: Arguments, kind: str) -> Json:
    payload = read_view(workspace, arguments.find_json("view"))
    if payload["type"] != kind:
        raise RefusedError("invalid_arguments", [f"[ERROR] /type: must be {kind} here"])
    return payload
