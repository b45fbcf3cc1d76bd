"""How a command ends that must not wait for its threads."""

import logging
import os
from typing import NoReturn


def end_process(status: int) -> NoReturn:
    # The interpreter would wait for the threads of pools, and those for SkinsBack's answers.
    logging.shutdown()
    os._exit(status)
