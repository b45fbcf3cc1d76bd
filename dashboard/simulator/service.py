"""What happens to one request between arriving and its answer."""

from collections.abc import Mapping
from email.message import Message
from typing import Any

from dashboard.simulator.answers import Answers, encode
from dashboard.simulator.authentication import Credentials
from dashboard.simulator.clock import Clock
from dashboard.simulator.errors import NOT_POST, ApiError
from dashboard.simulator.limits import RequestLimit
from dashboard.simulator.requestlog import ReceivedRequest, RequestLog


class Service:
    """Checks, counts and answers requests."""

    def __init__(
        self, clock: Clock, credentials: Credentials, limit: RequestLimit, answers: Answers, requests: RequestLog
    ) -> None:
        self._clock = clock
        self._credentials = credentials
        self._limit = limit
        self._answers = answers
        self._requests = requests

    def respond(self, headers: Message, parameters: Mapping[str, Any]) -> bytes:
        """The body of the answer to a POST request."""
        moment = self._clock.now()
        code: int | None = None
        try:
            self._credentials.check(headers, parameters)
            self._limit.check(moment)
            answer = self._answers.answer(parameters)
        except ApiError as error:
            code = error.code
            answer = error.answer()
        method = parameters.get("method", "")
        self._requests.add(ReceivedRequest(moment, str(method), _count_ids(parameters), code))
        return encode(answer)

    def refuse_method(self) -> bytes:
        """The body of the answer to anything but POST."""
        self._requests.add(ReceivedRequest(self._clock.now(), "", 0, NOT_POST))
        return encode(ApiError(NOT_POST).answer())


def _count_ids(parameters: Mapping[str, Any]) -> int:
    if parameters.get("buy_id") not in {None, ""}:
        return 1
    ids = parameters.get("custom_ids") or parameters.get("buy_ids")
    return len(ids) if isinstance(ids, list) else 0
