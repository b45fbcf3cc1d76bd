"""How gunicorn serves the pages. Every number has its reason."""

import os
import pathlib
import shutil
import sys
import tempfile

from dotenv import load_dotenv

from dashboard.config import SettingsError, load_settings
from dashboard.observability import logs

# What gunicorn itself reads may stand in .env too; the environment goes first, as for every setting.
load_dotenv(".env")
try:
    settings = load_settings()
except SettingsError as error:
    # Refused here once, rather than by every worker in turn.
    sys.exit(f"The dashboard cannot start: {error}")

# Workers count requests in files here, and /metrics adds up those of all (dashboard/observability/http_metrics.py). In
# memory, since every request writes. Counts that an earlier start left in a directory of one's own would be added; a
# reload (SIGHUP) reads this file again, and counts must not go down at one.
if "DASHBOARD_METRICS" not in os.environ:
    _counts = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if _counts:
        os.makedirs(_counts, exist_ok=True)
        for _old in pathlib.Path(_counts).glob("*.db"):
            _old.unlink()
    else:
        _memory = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - As below.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="dashboard-metrics-", dir=_memory)
    os.environ["DASHBOARD_METRICS"] = "kept" if _counts else "temporary"

_host = f"[{settings['HOST']}]" if ":" in settings["HOST"] else settings["HOST"]
bind = f"{_host}:{settings['PORT']}"

# Pages wait for the database and now and then for SkinsBack, so threads serve several at once; processes use the
# cores. More than four workers only multiply connections for a tool with some dozens of people on it.
worker_class = "gthread"
workers = settings["WEB_CONCURRENCY"]
threads = 8

# A look-up of five hundred pasted lines asks SkinsBack up to fifteen times; it is bounded well below this.
timeout = 60
graceful_timeout = 20
keepalive = 5

# Five hundred pasted lines travel in the address and are longer than gunicorn's default of 4094 bytes, and than its
# largest limit of 8190. 0 lifts it; the application refuses more than 100,000 characters.
limit_request_line = 0

# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - gunicorn's documented choice.

control_socket_disable = True
# The application writes a line for each request itself; gunicorn's own lines have the same form.
accesslog = None
logconfig_dict = logs.gunicorn_logging()


def post_worker_init(worker):  # type: ignore[no-untyped-def] # gunicorn has no types.
    """Make the first administrator, when the settings name one and there are no users yet."""
    from dashboard.accounts.first_administrator import (  # noqa: PLC0415 - only a worker loads the application.
        prepare_first_administrator,
    )

    prepare_first_administrator(worker.app.callable)


def child_exit(server, worker):  # type: ignore[no-untyped-def] # As above.
    """Let the counts of a worker that has gone stay in the sums."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - only the master needs it.

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call] # The library has no types here.


def on_exit(server):  # type: ignore[no-untyped-def] # As above.
    """Remove the files of the counts, where we made the directory."""
    if os.environ["DASHBOARD_METRICS"] == "temporary":
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
