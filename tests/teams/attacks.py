"""What is brought to the coach's door in place of Teams' own token, each with the word it is refused with."""

import time

from bot.teams.tokens import Reason
from tests.teams.stand import HOME, signed_with_the_public_key, unsigned

FOREIGN = "5a1de000-0000-4000-8000-0000000000ff"
ENTRA = "https://sts.windows.net/"
AGENT_365 = "5a1de000-0000-4000-8000-0000000000a3"


def beyond(seconds):
    return int(time.time()) + seconds


def entra(door, tenant):
    """What any app of a tenant can get for us as its audience, signed as Entra does."""
    claims = {**door.signer.claims, "iss": f"{ENTRA}{tenant}/"}
    return f"Bearer {door.stranger.sign(claims, kid='entra')}"


def rogue(door, **header):
    return f"Bearer {door.stranger.sign(door.signer.claims, **header)}"


ATTACKS = {
    "no token": (lambda _: [], Reason.MISSING),
    "garbage": (lambda _: ["Bearer garbage"], Reason.MALFORMED),
    "another scheme": (lambda _: ["Basic dXM6c2VjcmV0"], Reason.MALFORMED),
    "algorithm none": (lambda d: [f"Bearer {unsigned(d.signer)}AAAA"], Reason.ALGORITHM),
    "HS256 with the public key": (
        lambda d: [f"Bearer {signed_with_the_public_key(d.signer)}"],
        Reason.ALGORITHM,
    ),
    "a rogue key under a known id": (lambda d: [rogue(d)], Reason.SIGNATURE),
    "an unknown key": (lambda d: [rogue(d, kid="unknown")], Reason.KEY),
    "another audience": (lambda d: [d.signer.bearer(aud="another-app")], Reason.AUDIENCE),
    "another issuer": (lambda d: [d.signer.bearer(iss="https://evil.example.com")], Reason.ISSUER),
    "another app of our tenant": (lambda d: [entra(d, HOME)], Reason.KEY),
    "another app of a foreign tenant": (lambda d: [entra(d, FOREIGN)], Reason.KEY),
    "a platform's app": (lambda d: [d.signer.bearer(iss=f"{ENTRA}{HOME}/", azp=AGENT_365)], Reason.ISSUER),
    "a token that has ended": (lambda d: [d.signer.bearer(exp=beyond(-301))], Reason.EXPIRED),
    "a token that has not begun": (lambda d: [d.signer.bearer(nbf=beyond(400))], Reason.EARLY),
    "no service address in the token": (lambda d: [d.signer.bearer(serviceurl=None)], Reason.UNBOUND),
    "another service address in the token": (
        lambda d: [d.signer.bearer(serviceurl="https://smba.trafficmanager.net/emea/")],
        Reason.ELSEWHERE,
    ),
    "two tokens": (lambda d: [d.signer.bearer(), rogue(d)], Reason.SEVERAL),
}
"""By name: what makes the headers, and the reason."""

FAULTS = {
    "people of a foreign tenant": ({"tenant": FOREIGN}, Reason.TENANT),
    "people of no tenant": ({"tenant": None}, Reason.TENANT),
    "another channel": ({"channelId": "webchat"}, Reason.CHANNEL),
    "no service address": ({"serviceUrl": None}, Reason.ELSEWHERE),
}
"""What an activity says beside a genuine token, and the same."""
