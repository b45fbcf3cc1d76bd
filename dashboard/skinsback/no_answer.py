"""Pure: what came instead of an answer of SkinsBack's API, named for what it is, with what to do about it.

The API answers with HTTP 200 and JSON, errors included. Everything else comes from its server, from what protects that,
or from the network in between. None of it stops the asking for good: most of it passes by itself, and the rest is
noticed as mended by asking now and then.
"""

import html
import re
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import DecodeError, ProtocolError, ProxyError

from dashboard.lib.formatting import one_line
from dashboard.skinsback.errors import BLOCK_SECONDS, SkinsBackError, may_tell

HTTP_ERROR = "http_error"

LARGEST_BEGINNING = 64 * 1024
"""In bytes: how much of such an answer is looked at."""

SHORTEST_PAUSE, LONGEST_PAUSE = 5, 3600
"""In seconds, after HTTP 429, whatever ``Retry-After`` says."""
LONGEST_WAIT = 600
"""In seconds, after another status; purchases on hold are to be asked for every ten minutes."""

_SECONDS = re.compile(r"([0-9]+)(\.[0-9]+)?")
_TITLE_WITHIN = 8192
"""In bytes: no page has its title later, and looking for one in all of a long page takes too long."""
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[a-z0-9.:-]{1,100}")
_GATEWAYS = frozenset({502, 504, *range(520, 528)})


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An HTTP answer that may be none of the API's. ``headers`` takes names in any case."""

    url: str
    status: int
    headers: Mapping[str, str]
    beginning: bytes
    received_at: datetime

    @property
    def is_web_page(self) -> bool:
        return self.beginning[:_TITLE_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"

    @property
    def is_challenge(self) -> bool:
        """Whether it is the page by which a protection tells browsers from programs."""
        is_cloudflare = "cloudflare" in self.headers.get("Server", "").lower()
        # Cloudflare also sends its own pages for a server that is down.
        is_old_kind = self.status == 503 and is_cloudflare and b"<title>just a moment" in self.beginning.lower()
        is_refusal = self.status == 403 and (is_cloudflare or self.is_web_page)
        return "Cf-Mitigated" in self.headers or is_refusal or is_old_kind

    def titled(self, secrets: Sequence[str]) -> str:
        """Return the title of a web page in brackets, to stand in a sentence; nothing where it may hold a secret."""
        found = _TITLE.search(self.beginning[:_TITLE_WITHIN]) if self.is_web_page else None
        title = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
        # Looked for in the whole title: the beginning of a secret, cut off, is one too.
        if not title.strip() or may_tell(title, secrets) or "\N{REPLACEMENT CHARACTER}" in title:
            return ""
        return f" (“{one_line(title, 60)}”)"


def error_for(answer: HttpAnswer, secrets: Sequence[str]) -> SkinsBackError:
    """Return the error for an answer that is none of the API's."""
    status, title = answer.status, answer.titled(secrets)
    if status == 429:
        return _rate_limited(answer)
    if answer.is_challenge:
        sentence = (
            f"What protects SkinsBack from robots answered with a web page{title} and HTTP {status}. This mostly "
            "passes by itself; if it stays, ask SkinsBack's support to let this server's address through."
        )
        return SkinsBackError(HTTP_ERROR, sentence, can_retry=True)
    if 300 <= status < 400:
        return SkinsBackError(HTTP_ERROR, _redirected(answer), can_retry=True)
    if status == 200:
        sentence = (
            f"A web page{title} came instead of SkinsBack's data: from SkinsBack while it is down, from a network that "
            "wants somebody to sign in first, or from a proxy. If it stays, open SKINSBACK_API_URL in a browser on "
            "this server's network."
        )
        return SkinsBackError("not_json", sentence, can_retry=True)
    if status >= 500 and status != 511:
        return _server_error(answer, title)
    name, what_to_do = _BY_STATUS.get(status, _UNHEARD_OF)
    sentence = f"SkinsBack's address answered with HTTP {status}{title}. {what_to_do}"
    return SkinsBackError(name, sentence, can_retry=status in (408, 511))


_UNHEARD_OF = (HTTP_ERROR, "SkinsBack's API never answers so; check SKINSBACK_API_URL.")
_WRONG_ADDRESS = (HTTP_ERROR, "The API is not there: compare SKINSBACK_API_URL with SkinsBack's documentation.")
_TOO_LARGE = ("too_large", "The request is too large for it.")
_NOT_UNDERSTOOD = ("bad_request", "It does not understand the request.")
_BY_STATUS = {
    400: _NOT_UNDERSTOOD,
    401: (
        HTTP_ERROR, "SkinsBack's API never asks for a sign-in like this: something in between does. Check "
        "SKINSBACK_API_URL, and ask whoever runs this server's network.",
    ),
    403: (HTTP_ERROR, "Something refuses this server: check SKINSBACK_API_URL, and any firewall or proxy in between."),
    404: _WRONG_ADDRESS,
    405: _WRONG_ADDRESS,
    407: (HTTP_ERROR, "A proxy in between wants a user and a password: set them in HTTPS_PROXY."),
    408: (HTTP_ERROR, "The request took too long to arrive; this passes by itself."),
    410: _WRONG_ADDRESS,
    413: _TOO_LARGE,
    414: _TOO_LARGE,
    422: _NOT_UNDERSTOOD,
    431: _TOO_LARGE,
    511: (HTTP_ERROR, "This server's network wants somebody to sign in first."),
}  # fmt: skip


def _rate_limited(answer: HttpAnswer) -> SkinsBackError:
    asked = _retry_after(answer)
    pause = BLOCK_SECONDS if asked is None else min(max(asked, SHORTEST_PAUSE), LONGEST_PAUSE)
    sentence = (
        f"SkinsBack's server limits our requests (HTTP 429), so none is sent until {_end(answer, pause)}. If this "
        "happens again and again, lower SKINSBACK_REQUESTS_PER_MINUTE."
    )
    return SkinsBackError("rate_limited", sentence, can_retry=True, pauses_everybody=True, retry_after=pause)


def _server_error(answer: HttpAnswer, title: str) -> SkinsBackError:
    wait = min(max(_retry_after(answer) or 0, 0), LONGEST_WAIT)
    if answer.status in _GATEWAYS:
        what = "SkinsBack's server cannot be reached by what stands in front of it"
    elif answer.status == 503:
        what = "SkinsBack's server is overloaded or being worked on"
    else:
        what = "SkinsBack's server failed"
    asked = _retry_after(answer) or 0
    and_then = "this passes by itself"
    if asked > wait:
        and_then = f"it asked to be left alone for longer, and jobs ask again at {_end(answer, wait)}"
    elif wait:
        and_then = f"it asked to be left alone until {_end(answer, wait)}"
    sentence = f"{what} (HTTP {answer.status}){title}; {and_then}."
    return SkinsBackError(HTTP_ERROR, sentence, can_retry=True, retry_after=wait)


def _retry_after(answer: HttpAnswer) -> float | None:
    """Return what ``Retry-After`` asks for, in seconds; None where it is not there or makes no sense."""
    text = answer.headers.get("Retry-After", "").strip()
    if seconds := _SECONDS.fullmatch(text):
        return int(seconds[1]) + bool(seconds[2]) if len(seconds[1]) < 10 else LONGEST_PAUSE
    # By the clock of who sent it, if that is told: ours may be wrong.
    until, now = _moment(text), _moment(answer.headers.get("Date", "")) or answer.received_at
    return (until - now).total_seconds() if until else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _redirected(answer: HttpAnswer) -> str:
    here = urlsplit(answer.url)
    if not answer.headers.get("Location", "").strip():
        return (
            f"SkinsBack's address answered with HTTP {answer.status}, a redirect that does not say where to. The API "
            "never answers so; check SKINSBACK_API_URL, and any proxy in between."
        )
    try:
        there = urlsplit(urljoin(answer.url, answer.headers.get("Location", "")))
        host = (there.hostname or "").lower()
    except ValueError:
        there, host = here, ""
    begins = f"The request was redirected (HTTP {answer.status})"
    if not _HOST.fullmatch(host):
        return f"{begins} to an address that cannot be read, and was not repeated there. Check SKINSBACK_API_URL."
    if host != here.hostname:
        return (
            f"{begins} to {host} and was not repeated there, since it carries our credentials. That is a network that "
            "wants somebody to sign in first, a proxy, or SkinsBack's new address: then change SKINSBACK_API_URL."
        )
    if (here.scheme, there.scheme) == ("http", "https"):
        return f"{begins} to https. Begin SKINSBACK_API_URL with https://."
    return f"{begins} to another page of {host}. Check SKINSBACK_API_URL."


def _end(answer: HttpAnswer, seconds: float) -> str:
    return f"{answer.received_at.astimezone(UTC) + timedelta(seconds=seconds):%H:%M:%S} UTC"


def unreachable(error: BaseException, url: str) -> SkinsBackError:
    """Return the error for a connection that could not be made, or broke."""
    host = urlsplit(url).hostname
    causes = list(_causes(error))

    def find(*kinds: type[BaseException]) -> BaseException | None:
        return next((cause for cause in causes if isinstance(cause, kinds)), None)

    if find(DecodeError):
        return SkinsBackError("not_json", "SkinsBack's answer is cut off or damaged.", can_retry=True)
    if find(ProxyError):
        wants_sign_in = any("407" in str(cause) for cause in causes)
        what = "wants a user and a password: set them in" if wants_sign_in else "does not let us through: check"
        why = f"The proxy between this server and SkinsBack {what} HTTPS_PROXY."
    elif refused := find(ssl.SSLCertVerificationError):
        reason = one_line(getattr(refused, "verify_message", "") or "it cannot be checked", 120).rstrip(".")
        why = (
            f"The certificate shown for {host} is not to be trusted ({reason}), so nothing was sent. A network that "
            "wants somebody to sign in first or a proxy may stand in between, or this server's clock may be wrong."
        )
    elif find(ssl.SSLError):
        why = f"No secure connection to {host} could be made. Check SKINSBACK_API_URL, and any proxy in between."
    elif find(socket.gaierror):
        why = f"No server of the name {host} was found. Check this server's network and its DNS, and SKINSBACK_API_URL."
    elif find(ConnectionRefusedError):
        why = f"{host} refuses connections. Check SKINSBACK_API_URL, and any firewall in between."
    elif find(ConnectionError, ProtocolError):
        why = f"The connection to {host} broke off before an answer was complete; this mostly passes by itself."
    else:
        why = f"{host} could not be reached. Check this server's network."
    return SkinsBackError("connection_failed", why, can_retry=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, and everything that it wraps."""
    ahead, seen = [error], set()
    while ahead:
        one = ahead.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inside = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        ahead += [other for other in inside if isinstance(other, BaseException)]
