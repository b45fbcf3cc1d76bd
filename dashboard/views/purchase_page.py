"""What the look-up box and a purchase's page show."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from dashboard import advice, identify
from dashboard.advice import PurchaseFacts
from dashboard.finality import HoldEnd, Part
from dashboard.lookup import Answer, State
from dashboard.queries import freshness, purchases, users
from dashboard.refresh import Asked, Finding
from dashboard.views import present
from dashboard.views.page import now, zone

