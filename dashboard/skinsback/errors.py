"""Pure: what can go wrong with a call to SkinsBack: one class, and one table of the documented codes.

Source: the lists "List of possible errors" and "standard errors" of SkinsBack's API v1 documentation.
"""

import html
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import unquote_plus


@dataclass(frozen=True, slots=True)
class ErrorKind:
    name: str
    sentence: str
    can_retry: bool = False
    stops_asking: bool = False
    merchant_panel: str | None = None
    pauses_everybody: bool = False
    retry_after: float = 0.0


MISSING_PARAMETER = 1
NOT_FOUND = 2

BLOCK_SECONDS = 60.0
"""How long nobody asks after -7. How long SkinsBack blocks is not documented; its limit counts a minute."""

KINDS: dict[int, ErrorKind] = {
    MISSING_PARAMETER: ErrorKind("missing_one_of_required_params", "SkinsBack says that the request lacked an id."),
    NOT_FOUND: ErrorKind("offer_not_found", "SkinsBack does not know this purchase."),
    -1: ErrorKind("please_use_post_method", "SkinsBack says that the request was not a POST."),
    -2: ErrorKind(
        "invalid_shopid", "SkinsBack does not know our Client ID.", stops_asking=True,
        merchant_panel="Compare SKINSBACK_CLIENT_ID with the Client ID in SkinsBack's merchant panel.",
    ),
    -3: ErrorKind(
        "invalid_signature", "SkinsBack does not accept our signature.", stops_asking=True,
        merchant_panel="Compare SKINSBACK_CLIENT_SECRET with the merchant panel, or set SKINSBACK_AUTH to headers.",
    ),
    -4: ErrorKind(
        "shop_not_active", "SkinsBack says that our project is not active.", stops_asking=True,
        merchant_panel="Activate the project in SkinsBack's merchant panel, or ask SkinsBack's support why it is not.",
    ),
    -5: ErrorKind("invalid_method", "SkinsBack does not know the method that was called."),
    -6: ErrorKind("market_disabled", "SkinsBack's market is switched off at the moment.", can_retry=True),
    -7: ErrorKind(
        "request_limit_reached", "SkinsBack's limit of requests a minute is reached.", can_retry=True,
        pauses_everybody=True, retry_after=BLOCK_SECONDS,
    ),
    -8: ErrorKind(
        "invalid_ip_address", "SkinsBack does not accept requests from this server's address.", stops_asking=True,
        merchant_panel="Enter this server's public IP address in SkinsBack's merchant panel.",
    ),
    -9: ErrorKind("under_maintenance", "SkinsBack is under maintenance.", can_retry=True),
    -10: ErrorKind(
        "invalid_client_secret", "SkinsBack does not accept our Client Secret.", stops_asking=True,
        merchant_panel="Compare SKINSBACK_CLIENT_SECRET with the Client Secret in SkinsBack's merchant panel.",
    ),
}  # fmt: skip
"""Every documented error code."""


class SkinsBackError(Exception):
    """A call that brought no usable answer.

    ``name`` is the API's own word, or ours where no answer came: ``timeout``, ``connection_failed``, ``rate_limited``,
    ``http_error``, ``not_json``, ``bad_request``, ``too_large``, ``budget_exhausted``. ``can_retry`` says whether
    trying again later can help, ``retry_after`` for how many seconds the other side wants to be left alone: by jobs, or
    where it ``pauses_everybody`` by people too. No text of it ever holds the Client Secret.
    """

    def __init__(
        self,
        name: str,
        sentence: str,
        *,
        code: int | None = None,
        can_retry: bool = False,
        stops_asking: bool = False,
        merchant_panel: str | None = None,
        pauses_everybody: bool = False,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name
        self.sentence = sentence if merchant_panel is None else f"{sentence} {merchant_panel}"
        self.code = code
        self.can_retry = can_retry
        self.stops_asking = stops_asking
        self.pauses_everybody = pauses_everybody
        self.retry_after = retry_after

    @property
    def is_not_found(self) -> bool:
        return self.code == NOT_FOUND

    @property
    def is_about_the_ids(self) -> bool:
        """Whether fewer ids may be taken: there were too many, or one among them is none that SkinsBack takes."""
        return self.code == MISSING_PARAMETER or self.name == "too_large"


def error_for_code(code: int, message: str) -> SkinsBackError:
    """Return the error for a code of the API; an undocumented one is shown unchanged."""
    kind = KINDS.get(code)
    if kind is None:
        return SkinsBackError(message or "unknown", f"SkinsBack answered with the error {code} ({message}).", code=code)
    return SkinsBackError(code=code, **asdict(kind))


def may_tell(text: str, secrets: Sequence[str]) -> bool:
    """Say whether a stranger's text repeats one of the secrets, however it is escaped."""
    plain = unquote_plus(html.unescape(text)).lower()
    return any(secret.lower() in one for secret in secrets if secret for one in (text.lower(), plain))
