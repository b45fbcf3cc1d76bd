"""The error codes of the SkinsBack API that the simulator answers with, and their documented names."""

from typing import Any

MISSING_PARAMETER = 1
OFFER_NOT_FOUND = 2
NOT_POST = -1
INVALID_SHOPID = -2
INVALID_SIGNATURE = -3
INVALID_METHOD = -5
REQUEST_LIMIT = -7
INVALID_CLIENT_SECRET = -10

MESSAGES = {
    MISSING_PARAMETER: "missing_one_of_required_params",
    OFFER_NOT_FOUND: "offer_not_found",
    NOT_POST: "please_use_post_method",
    INVALID_SHOPID: "invalid_shopid",
    INVALID_SIGNATURE: "invalid_signature",
    -4: "shop_not_active",
    INVALID_METHOD: "invalid_method",
    -6: "market_disabled",
    REQUEST_LIMIT: "request_limit_reached",
    -8: "invalid_ip_address",
    -9: "under_maintenance",
    INVALID_CLIENT_SECRET: "invalid_client_secret",
}


class ApiError(Exception):
    """A request that SkinsBack answers with an error code (and with HTTP 200)."""

    def __init__(self, code: int) -> None:
        super().__init__(MESSAGES.get(code, "unknown_error"))
        self.code = code

    def answer(self) -> dict[str, Any]:
        """The answer's body."""
        return {"status": "error", "error_code": self.code, "error_message": str(self)}
