"""The modals, the Home tabs, and the triggers that open them; pure, with the clock passed in."""

import copy
import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.blockkit.limits import VIEW_STACK
from bot.playground.arguments import RefusedError
from bot.playground.model import Announce, Change, ChangeKind, Clock, Json, View

TRIGGER_SECONDS: Final = 3.0
"""How long a trigger_id is good for.

https://docs.slack.dev/interactivity/handling-user-interaction, read 2026-11-21
"""


class Triggers:
    """Hands out trigger ids; each opens one view within three seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._issued: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()

    def issue(self, user: str) -> str:
        """Make a trigger for something that this person just did."""
        trigger = f"{next(self._count)}.{int(self._clock())}.local"
        self._issued[trigger] = (user, self._clock())
        return trigger

    def spend(self, trigger: str) -> str:
        """Use a trigger up and give the person whose it was.

        Raises:
            RefusedError: It is unknown, was used before, or is older than three seconds.
        """
        if trigger in self._spent:
            raise RefusedError("exchanged_trigger_id")
        if trigger not in self._issued:
            raise RefusedError("invalid_trigger_id")
        user, issued = self._issued.pop(trigger)
        self._spent.add(trigger)
        if self._clock() - issued > TRIGGER_SECONDS:
            raise RefusedError("expired_trigger_id")
        return user


class Views:
    """What each person has open. Every change is announced once, after it was made."""

    def __init__(self, clock: Clock, announce: Announce) -> None:
        self.triggers = Triggers(clock)
        self._announce = announce
        self._count = itertools.count(1)
        self._homes: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}

    def home(self, user: str) -> View | None:
        """Give a person's Home tab, if the app has published one."""
        return self._homes.get(user)

    def modal(self, user: str) -> View | None:
        """Give the modal that a person has before them."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def find(self, view_id: str) -> View | None:
        """Find a view that is still there, by its id or its external_id."""
        stacked = [view for stack in self._stacks.values() for view in stack]
        for view in [*self._homes.values(), *stacked]:
            if view_id in {view.id, view.payload.get("external_id")}:
                return view
        return None

    def publish(self, user: str, payload: Json, hash_: str | None = None) -> View:
        """Put a Home tab in place of the one before."""
        before = self._homes.get(user)
        _check_hash(before, hash_)
        view = self._make(user, payload, replacing=before)
        self._homes[user] = view
        self._announce(Change(ChangeKind.HOME, user, view=view))
        return view

    def open(self, user: str, payload: Json) -> View:
        """Show a modal by itself; whatever was open is gone."""
        view = self._make(user, payload)
        self._stacks[user] = [view]
        return self._shown(user)

    def push(self, user: str, payload: Json) -> View:
        """Show a modal upon the one that is open.

        Raises:
            RefusedError: Nothing is open, or three already are.
        """
        stack = self._stacks.get(user)
        if not stack:
            raise RefusedError("not_found")
        if len(stack) >= VIEW_STACK:
            raise RefusedError("push_limit_reached")
        made = self._make(user, payload)
        stack.append(replace(made, root_id=stack[0].id, previous_id=stack[-1].id))
        return self._shown(user)

    def update(self, view: View, payload: Json, hash_: str | None = None) -> View:
        """Put other contents in a view's place."""
        _check_hash(view, hash_)
        if view.payload["type"] == "home":
            return self.publish(view.user, payload)
        after = self._make(view.user, payload, replacing=view)
        self._replace(after)
        return after

    def complain(self, view: View, errors: Mapping[str, str]) -> None:
        """Show what is wrong with a submission, beside its inputs."""
        self._replace(replace(view, errors=dict(errors)))

    def pop(self, user: str) -> None:
        """Take the uppermost modal away."""
        stack = self._stacks.get(user)
        if stack:
            stack.pop()
        self._announce(Change(ChangeKind.MODAL, user, view=self.modal(user)))

    def clear(self, user: str) -> None:
        """Take every modal away."""
        self._stacks.pop(user, None)
        self._announce(Change(ChangeKind.MODAL, user))

    def _shown(self, user: str) -> View:
        view = self._stacks[user][-1]
        self._announce(Change(ChangeKind.MODAL, user, view=view))
        return view

    def _replace(self, after: View) -> None:
        stack = self._stacks[after.user]
        stack[:] = [after if view.id == after.id else view for view in stack]
        self._announce(Change(ChangeKind.MODAL, after.user, view=stack[-1]))

    def _make(self, user: str, payload: Json, replacing: View | None = None) -> View:
        number = next(self._count)
        made = f"V{number:09d}"
        view = View(made, user, copy.deepcopy(payload), f"{number}.local", made)
        if replacing is None:
            return view
        return replace(view, id=replacing.id, root_id=replacing.root_id, previous_id=replacing.previous_id)


def _check_hash(view: View | None, hash_: str | None) -> None:
    if hash_ is not None and view is not None and hash_ != view.hash:
        raise RefusedError("hash_conflict")
