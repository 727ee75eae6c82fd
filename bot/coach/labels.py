"""The words on buttons and headings, each at most 75 characters: the shortest limit of the platforms."""

from bot.coach.handbook import QuoteStatus
from bot.coach.question import Aspect, Role
from bot.coach.topics import Evidence, Kind, Section, TaskSide

ASPECT_LABELS = {
    Aspect.FULL: "The whole answer",
    Aspect.EXAMPLE: "Example",
    Aspect.TOMORROW: "How to do it",
    Aspect.WHY: "Why",
    Aspect.SHORT: "Shorter",
    Aspect.LEADERSHIP: "The leadership side",
    Aspect.MANAGEMENT: "The management side",
    Aspect.SOURCE: "Source",
}
"""In the order of the buttons."""

ROLE_LABELS = {
    Role.INDIVIDUAL: "I lead without a title",
    Role.FIRST_TIME_MANAGER: "I am new to managing",
    Role.MANAGER_OF_MANAGERS: "I lead managers",
    Role.EXECUTIVE: "I am an executive",
}

KIND_LABELS = {
    Kind.OVERVIEW: "The basics",
    Kind.DIFFERENCE: "Differences",
    Kind.SITUATION: "Situations at work",
    Kind.ASKED_OFTEN: "Asked often",
    Kind.FAQ: "Can one person …?",
    Kind.WHY_BOTH: "Why both are needed",
    Kind.INTERPLAY: "How the two work together",
    Kind.ATTRIBUTE: "What marks each of them",
    Kind.SKILL: "Skills",
    Kind.TERM: "Words told apart",
    Kind.THEORY: "What the field says",
}

SECTION_LABELS = {
    Section.GOING_ON: "What may be going on",
    Section.LEADING_MOVE: "The leading move",
    Section.MANAGING_MOVE: "The managing move",
    Section.SAY: "You could say",
    Section.AVOID: "Better not",
    Section.WHO: "Who and when",
    Section.SAYS: "What it really says",
    Section.SUPPORT: "How well supported",
    Section.BEWARE: "Beware",
}

TASK_SIDE_LABELS = {
    TaskSide.LEADING: "Mostly leading",
    TaskSide.MANAGING: "Mostly managing",
    TaskSide.BOTH: "Both",
}

QUOTE_STATUS_LABELS = {
    QuoteStatus.SOURCED: "Sourced",
    QuoteStatus.MISATTRIBUTED: "Credited to the wrong person",
    QuoteStatus.UNKNOWN: "Origin unknown",
}

EVIDENCE_LABELS = {
    Evidence.META_ANALYSIS: "Many studies taken together",
    Evidence.STUDY: "A study",
    Evidence.EXPERT_VIEW: "An expert's view",
    Evidence.COMPANY_PRACTICE: "One company's practice",
    Evidence.ARTICLES: "The articles this coach is built on",
}

ROLE_HEADINGS = {
    Role.INDIVIDUAL: "Without a title",
    Role.FIRST_TIME_MANAGER: "New to managing",
    Role.MANAGER_OF_MANAGERS: "Leading managers",
    Role.EXECUTIVE: "As an executive",
}
