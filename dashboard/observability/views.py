"""What machines read: whether the process lives, whether it is ready, and its figures."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest

from dashboard.jobs.plan import plan_of
from dashboard.observability import http_metrics
from dashboard.observability import readiness_queries as readiness
from dashboard.observability.metrics_queries import DatabaseCollector
from dashboard.web.page import show

blueprint = Blueprint("system", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/notices")
def notices() -> Response:
    """The lines on top of every page, for a page that stays open."""
    return show("web/_notices.html")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    problems = readiness.find_problems()
    body: dict[str, Any] = {"ready": not problems, "problems": problems}
    return jsonify(body), 503 if problems else 200


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus: of everybody from the database, and of the requests to this machine's workers."""
    registry = CollectorRegistry()
    limit = current_app.config["SKINSBACK_REQUESTS_PER_MINUTE"]
    registry.register(DatabaseCollector(limit=limit, jobs=[job.name for job in plan_of(current_app).jobs]))
    registry.register(http_metrics.collector())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
