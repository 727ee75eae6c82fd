"""What Teams tells an app, as JSON. Shapes as people's logs and Microsoft's pages show them.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
(read 2026-11-22); what a slash command and a judgement look like is not documented in full.
"""

import html
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from bot.playground.teams.model import BOT_ACCOUNT, BOT_NAME, TENANT_ID, Json, Message, Person, Place, Scope
from bot.playground.teams.rooms import THREAD

MENTION = f"<at>{BOT_NAME}</at>"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who does something, where and when."""

    person: Person
    place: Place
    service_url: str
    now: float
    """Seconds since 1970."""

    def activity(self, kind: str, id_: str, thread: str = "", **more: object) -> Json:
        """What every activity holds, with what is its own."""
        there = self.place
        in_thread = bool(thread) and there.scope is Scope.CHANNEL
        return {
            "type": kind,
            "id": id_,
            "timestamp": datetime.fromtimestamp(self.now, UTC).isoformat(timespec="milliseconds"),
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {
                "id": self.person.account,
                "name": self.person.name,
                "aadObjectId": self.person.entra_id,
            },
            "conversation": {
                "id": f"{there.id}{THREAD}{thread}" if in_thread else there.id,
                "conversationType": there.scope.value,
                "tenantId": TENANT_ID,
                "isGroup": there.scope is not Scope.PERSONAL,
            },
            "recipient": {"id": BOT_ACCOUNT, "name": BOT_NAME},
            "channelData": _channel_data(there),
            **more,
        }

    def message(self, message: Message) -> Json:
        """What somebody wrote."""
        words = html.escape(message.text, quote=False)
        mentions = [{"type": "mention", "mentioned": {"id": BOT_ACCOUNT, "name": BOT_NAME}, "text": MENTION}]
        zone = self.person.zone
        client = {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}
        recipient: Json = {"id": BOT_ACCOUNT, "name": BOT_NAME}
        return self.activity(
            "message",
            message.id,
            message.root,
            text=f"{MENTION} {words}" if message.is_mention else words,
            textFormat="plain",
            locale="en-GB",
            localTimezone=zone,
            entities=[*(mentions if message.is_mention else []), client | {"timezone": zone}],
            recipient=recipient | {"isTargeted": True} if message.audience else recipient,
        )

    def press(self, message: Message, action: Json, data: Json) -> Json:
        """A button that is answered within the request."""
        pressed = {"type": "Action.Execute", "title": action.get("title"), "verb": action.get("verb")}
        value = {"action": pressed | {"data": data}, "trigger": "manual"}
        return self._invoke("adaptiveCard/action", message, value)

    def judge(self, message: Message, reaction: str, words: str) -> Json:
        """A thumb up or down, with what was written beside it."""
        given = {"reaction": reaction, "feedback": json.dumps({"feedbackText": words})}
        return self._invoke("message/submitAction", message, {"actionName": "feedback", "actionValue": given})

    def _invoke(self, name: str, message: Message, value: Json) -> Json:
        id_ = f"f:{uuid4()}"
        return self.activity(
            "invoke", id_, message.root, name=name, value=value, replyToId=message.id, locale="en-GB"
        )

    def installation(self, action: str) -> Json:
        """The app was added, renewed or removed."""
        return self.activity("installationUpdate", f"f:{uuid4()}", action=action)

    def members(self, change: str) -> Json:
        """The app itself came (`membersAdded`) or went (`membersRemoved`), as everybody in it is told."""
        return self.activity("conversationUpdate", f"f:{uuid4()}") | {change: [{"id": BOT_ACCOUNT}]}

    def gone(self, event: str) -> Json:
        """Something happened to a channel or its team."""
        told = self.activity("conversationUpdate", f"f:{uuid4()}")
        told["channelData"] |= {"eventType": event}
        if event == "channelDeleted":  # its news come from the team's general channel
            told["conversation"]["id"] = self.place.team
        return told


def _channel_data(place: Place) -> Json:
    data: Json = {"tenant": {"id": TENANT_ID}}
    if place.scope is Scope.CHANNEL:
        data |= {"channel": {"id": place.id, "name": place.name}, "team": {"id": place.team}}
    return data
