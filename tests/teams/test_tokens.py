import time

import jwt
import pytest

from bot.teams.tokens import TOKEN_LIMIT, Reason, TokenError
from tests.teams.stand import part, signed_with_the_public_key, unsigned

ENTRA = "https://sts.windows.net/5a1de000-0000-4000-8000-0000000000ae/"
EVIL = "https://evil.example.com/amer/"


def changed_part(token, index, value):
    parts = token.split(".")
    parts[index] = part(value)
    return ".".join(parts)


def with_header(signer, **header):
    return changed_part(signer(), 0, {"alg": "RS256", "kid": signer.kid, **header})


def beyond(seconds):
    return int(time.time()) + seconds


TOKENS = {
    "an empty token": (lambda _: "", Reason.MALFORMED),
    "garbage": (lambda _: "garbage", Reason.MALFORMED),
    "two parts": (lambda s: s.signer().rpartition(".")[0], Reason.MALFORMED),
    "no signature": (lambda s: s.signer().rpartition(".")[0] + ".", Reason.MALFORMED),
    "a header that is no JSON": (lambda s: changed_part(s.signer(), 0, b"no JSON"), Reason.MALFORMED),
    "a header that is no object": (lambda s: changed_part(s.signer(), 0, []), Reason.MALFORMED),
    "a header nested deeply": (lambda s: changed_part(s.signer(), 0, b"[" * 2900), Reason.MALFORMED),
    "algorithm none": (lambda s: unsigned(s.signer), Reason.MALFORMED),
    "algorithm none and a signature": (lambda s: unsigned(s.signer) + "AAAA", Reason.ALGORITHM),
    "no algorithm": (lambda s: changed_part(s.signer(), 0, {"kid": s.signer.kid}), Reason.ALGORITHM),
    "HS256 with the public key": (lambda s: signed_with_the_public_key(s.signer), Reason.ALGORITHM),
    "RS512": (lambda s: s.signer.sign(s.signer.claims, "RS512"), Reason.ALGORITHM),
    "PS256": (lambda s: s.signer.sign(s.signer.claims, "PS256"), Reason.ALGORITHM),
    "no key id": (lambda s: changed_part(s.signer(), 0, {"alg": "RS256"}), Reason.MALFORMED),
    "a key id that is no text": (lambda s: with_header(s.signer, kid=["x"]), Reason.MALFORMED),
    "an unknown key id": (lambda s: s.signer.sign(s.signer.claims, kid="unknown"), Reason.KEY),
    "a rogue key under a known id": (lambda s: s.stranger(), Reason.SIGNATURE),
    "a rogue key that it brings along": (
        lambda s: s.stranger.sign(s.stranger.claims, jwk=s.stranger.jwk(), jku=EVIL),
        Reason.SIGNATURE,
    ),
    "claims changed afterwards": (
        lambda s: changed_part(s.signer(aud="another"), 1, s.signer.claims),
        Reason.SIGNATURE,
    ),
    "an extension that we do not know": (
        lambda s: s.signer.sign(s.signer.claims, crit=["x"], x=1),
        Reason.MALFORMED,
    ),
    "a payload that is elsewhere": (lambda s: with_header(s.signer, b64=False), Reason.MALFORMED),
    "claims that are no object": (lambda s: claims_of(s, b"[]"), Reason.MALFORMED),
    "claims that are no JSON": (lambda s: claims_of(s, b"no JSON"), Reason.MALFORMED),
    "the wrong audience": (lambda s: s.signer(aud="another-app"), Reason.AUDIENCE),
    "several audiences": (lambda s: s.signer(aud=[s.signer.claims["aud"], "another"]), Reason.AUDIENCE),
    "no audience": (lambda s: s.signer(aud=None), Reason.AUDIENCE),
    "the wrong issuer": (lambda s: s.signer(iss="https://api.botframework.com.evil.com"), Reason.ISSUER),
    "an issuer with a slash": (lambda s: s.signer(iss="https://api.botframework.com/"), Reason.ISSUER),
    "no issuer": (lambda s: s.signer(iss=None), Reason.ISSUER),
    "an Entra token of another app": (
        lambda s: s.signer(iss=ENTRA, azp="another-app", serviceurl=None),
        Reason.ISSUER,
    ),
    "an Entra token, signed by Entra": (
        lambda s: s.stranger.sign({**s.stranger.claims, "iss": ENTRA, "azp": "another"}, kid="of-entra"),
        Reason.KEY,
    ),
    "expired more than five minutes ago": (lambda s: s.signer(exp=beyond(-301)), Reason.EXPIRED),
    "no end": (lambda s: s.signer(exp=None), Reason.MALFORMED),
    "an end that is no number": (lambda s: s.signer(exp=float("nan")), Reason.MALFORMED),
    "an end that never comes": (lambda s: s.signer(exp=float("inf")), Reason.MALFORMED),
    "an end beyond all floats": (lambda s: s.signer(exp=10**400), Reason.MALFORMED),
    "an end in words": (lambda s: s.signer(exp="tomorrow"), Reason.MALFORMED),
    "not valid for more than five minutes yet": (lambda s: s.signer(nbf=beyond(330)), Reason.EARLY),
    "a beginning that is no number": (lambda s: s.signer(nbf=float("nan")), Reason.MALFORMED),
    "more than it needs": (lambda s: s.signer(filling="x" * TOKEN_LIMIT), Reason.MALFORMED),
    "no service URL": (lambda s: s.signer(serviceurl=None), Reason.UNBOUND),
    "another service URL": (lambda s: s.signer(serviceurl=EVIL), Reason.ELSEWHERE),
    "a service URL that goes on": (
        lambda s: s.signer(serviceurl=s.signer.claims["serviceurl"] + "x"),
        Reason.ELSEWHERE,
    ),
    "a service URL that is no text": (lambda s: s.signer(serviceurl=[EVIL]), Reason.ELSEWHERE),
}


def claims_of(sender, payload):
    """A genuine signature over claims of any shape."""
    return jwt.PyJWS().encode(payload, sender.signer.key, "RS256", headers={"kid": sender.signer.kid})


@pytest.mark.parametrize(("make", "reason"), TOKENS.values(), ids=TOKENS.keys())
async def test_a_token_is_refused_that_has(sender, make, reason):
    assert await sender.refused(f"Bearer {make(sender)}") is reason


HEADERS = {
    "no header": (lambda _: [], Reason.MISSING),
    "an empty header": (lambda _: [""], Reason.MALFORMED),
    "a header of garbage": (lambda _: ["\udcff\0é"], Reason.MALFORMED),
    "the Basic scheme": (lambda _: ["Basic dXM6c2VjcmV0"], Reason.MALFORMED),
    "the scheme in lower case": (lambda t: [f"bearer {t}"], Reason.MALFORMED),
    "another scheme": (lambda t: [f"Token {t}"], Reason.MALFORMED),
    "no scheme": (lambda t: [t], Reason.MALFORMED),
    "the scheme alone": (lambda _: ["Bearer"], Reason.MALFORMED),
    "two blanks": (lambda t: [f"Bearer  {t}"], Reason.MALFORMED),
    "something after the token": (lambda t: [f"Bearer {t} x"], Reason.MALFORMED),
    "two headers": (lambda t: [f"Bearer {t}", f"Bearer {t}"], Reason.SEVERAL),
    "two tokens in one header": (lambda t: [f"Bearer {t}, Bearer {t}"], Reason.MALFORMED),
    "a token of megabytes": (lambda t: [f"Bearer {t}{'A' * 5_000_000}"], Reason.MALFORMED),
}


@pytest.mark.parametrize(("make", "reason"), HEADERS.values(), ids=HEADERS.keys())
async def test_a_request_is_refused_that_brings(sender, make, reason):
    assert await sender.refused(*make(sender.signer())) is reason


SERVICE_URLS = [
    EVIL,
    "https://smba.trafficmanager.net.evil.com",
    "http://smba.trafficmanager.net/amer/",
    "https://smba.trafficmanager.net@evil.com/",
    "http://127.0.0.1:1/amer/",
    "https://webchat.botframework.com/",
]


@pytest.mark.parametrize("url", SERVICE_URLS)
async def test_a_service_url_is_refused_that_is_not_microsofts_even_where_the_token_names_it(sender, url):
    assert await sender.refused(sender.signer.bearer(serviceurl=url), service_url=url) is Reason.HOST


async def test_a_service_url_is_refused_that_only_the_activity_names(sender):
    assert await sender.refused(sender.signer.bearer(), service_url=EVIL) is Reason.ELSEWHERE


async def test_a_foreign_tenant_is_refused(sender):
    foreign = "5a1de000-0000-4000-8000-0000000000ff"
    assert await sender.refused(sender.signer.bearer(), tenant=foreign) is Reason.TENANT
    assert await sender.refused(sender.signer.bearer(), tenant="") is Reason.TENANT


async def test_a_channel_is_refused_that_the_key_is_not_endorsed_for(sender, microsoft):
    microsoft.published[:] = [sender.signer.jwk(endorsements=["webchat"])]
    assert await sender.refused(sender.signer.bearer()) is Reason.ENDORSEMENT


async def test_another_channel_is_refused_even_where_the_key_is_endorsed_for_it(sender):
    assert await sender.refused(sender.signer.bearer(), channel="webchat") is Reason.CHANNEL


async def test_what_is_no_token_of_microsofts_form_asks_for_no_keys(sender, microsoft):
    for token in ("garbage", unsigned(sender.signer), signed_with_the_public_key(sender.signer)):
        await sender.refused(f"Bearer {token}")
    assert not microsoft.asked


@pytest.mark.parametrize("make", [make for make, _ in TOKENS.values()], ids=TOKENS.keys())
async def test_a_refusal_quotes_nothing_of_the_token(sender, make, caplog):
    caplog.set_level("DEBUG", logger="bot")
    token = make(sender)
    with pytest.raises(TokenError) as caught:
        await sender.bring(f"Bearer {token}")
    shown = f"{caught.value!r} {caught.value} {caplog.text}"
    assert not any(each in shown for each in (*token.split("."), "another-app", "evil") if each)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
