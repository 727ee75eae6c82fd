"""Where in Teams something was said or pressed, as a place in the conversation."""

from bot.places import SHARED, name_place
from bot.teams.activity import Activity, Scope

PLATFORM = "teams"
"""What the database calls us."""


def of(activity: Activity) -> str:
    """The place of an activity: a thread is everyone's, a personal chat or a command its person's."""
    where = activity.place
    if where.scope is Scope.PERSONAL or activity.is_private:
        sort = "direct" if where.scope is Scope.PERSONAL else "commands"
        return name_place(PLATFORM, where.tenant, where.conversation, sort, activity.person)
    return name_place(PLATFORM, where.tenant, where.conversation, SHARED, where.thread)
