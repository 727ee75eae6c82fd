"""The words of a message that is a wish about the tips although it names none: data, no code.

Only what stands here is understood in such a message. No word of a feeling does: "make it stop" and "I cannot
go on" are never about tips.
"""

from bot.tips.listing import lists

PLAIN = frozenset(
    {"stop", "off", "no more", "enough", "enough of", "shut up", "go away", "cut it out", "knock it off"}
    | {"leave me alone", "leave me be", "leave me in peace", "give it a rest", "do not want any more"}
    | {"do not want", "i do not want", "we do not want", "do not need", "i do not need"}
    | {"no longer want", "i no longer want", "no longer need", "i no longer need"}
)
"""Acts that are clear as an order, and may be about anything as a question."""
NOT_ALONE = frozenset(
    {"quit", "end", "get rid of", "i am done with", "stop with", "less", "fewer", "not so many", "too many"}
    | {"too often", "continue", "go on", "carry on", "keep going", "begin again", "start again", "back on"}
    | {"start", "begin", "enable", "turn on", "switch on", "set up", "start sending", "start sending me"}
    | {"add me to", "yes", "hold", "hold off", "hold off on", "on hold", "put on hold", "skip", "leave out"}
    | {"take a break", "take a break from", "have a break from", "bring back", "start sending again"}
    | {"do not give me", "stop giving me", "remove me", "remove me from", "take me off"}
)
"""Acts that may be about anything where nothing of ours is named."""
ASKING = frozenset(
    {"can i", "could i", "may i", "i want to", "i would like to", "is it possible to", "how do i"}
    | {"how can i", "where can i", "i need to", "want to"}
)
"""How people begin who ask what they can do."""
CALLING = frozenset({"can you", "could you", "would you", "will you", "would you please", "i want you to"})
"""How people begin who ask politely for something to be done."""
AROUND = frozenset(
    {"please", "and", "now", "then", "just", "hi", "hello", "hey", "coach", "dear coach", "ok", "okay", "but"}
    | {"thanks", "thank you", "for me", "for us", "to me", "to us", "any more", "anymore", "any longer"}
    | {"altogether", "completely", "from now on", "for now", "for a while", "at all", "lvm", "instead"}
    | {"at once", "right now", "right away", "immediately", "already", "for good", "ever again", "ever"}
    | {"forever", "seriously", "really", "ffs", "damn it", "bot", "oclock", "sharp", "again", "from you"}
    | {"this", "that", "it", "them", "this crap", "that crap", "crap", "this stuff", "that stuff", "stuff"}
    | {"this nonsense", "this rubbish", "this shit", "this bullshit", "these things"}
)
"""Other words that may stand around an act where nothing of ours is named. No word of a feeling is here."""
NEVER_BEFORE = frozenset({"this", "that", "it", "them", "and", "but"})
"""Of these, what makes another sentence of it in front of an act: "it should stop"."""
REPLIES = lists(
    """
yes: yes, yes please, yeah, yep, fine, that is fine, that is right, keep it, weekly is fine
no: "no", no thanks, no thank you, nope, not right
""".replace('"', "")
)
"""Answers to what we asked last."""
