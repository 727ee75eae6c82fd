"""A good line for each key, to be shown where the key is missing."""

TEXTS = {
    "title": "title: Vision vs. execution",
    "number": "number: 3",
    "lead": "lead: Leading says where to go. Managing gets you there.",
    "together": "together: Say the where first, then agree on the first step.",
    "short": "short: Leading says where, managing gets it done.",
    "example": "example: A head nurse names the aim for spring, then counts the late doses.",
    "tomorrow": "tomorrow: Write down in one sentence what will be different in a year.",
    "why": "why: People put up with hard steps when they know what the steps are for.",
    "leadership": "leadership: Tell people where this is going until they can say it themselves.",
    "management": "management: Cut the aim into steps, each with a name and a date.",
    "if_then": "if_then: When I hand out the next task, I will first say what it is for.",
    "line": "line: Say what it is for before you say how it is done.",
    "action": "action: Write the purpose of one task in one sentence.",
    "topic": "topic: vision-execution",
    "side": "side: leading",
    "recall": "recall: What is missing when you are told only how?",
    "headline": "headline: What I can do",
    "text": "text: What people read, in plain words.",
    "evidence": "evidence: study",
    "failed": "failed: Something broke. Please pass on this reference, {reference}",
}
LISTS = {
    "names": "names: [vision, execution, vision and execution]",
    "doors": "doors: [Someone in HR whom you trust]",
    "phrasings": "phrasings: [vision vs execution, who turns a vision into steps]",
    "sources": "sources: [kotter-1990]",
}
