"""The one purchase that SkinsBack's documentation shows, kept byte for byte.

Source: "Successful response example" of the documentation page ``market_getinfo``. The text stands in the file
``documented_example.json`` beside this module.
"""

import json
from pathlib import Path
from typing import Any

TEXT = (Path(__file__).parent / "documented_example.json").read_text(encoding="utf-8")
"""The whole answer to ``market_getinfo`` with ``buy_id=9``, as the documentation prints it."""

ANSWER: dict[str, Any] = json.loads(TEXT)

PURCHASE: dict[str, Any] = {name: value for name, value in ANSWER.items() if name != "status"}
"""The same purchase as it stands in the ``items`` of a list."""

BUY_ID = 9
