"""The administrator that the settings name, made at the first start."""

import logging

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from dashboard.accounts.store import AccountError, Role, create_user, has_users

logger = logging.getLogger(__name__)


def prepare_first_administrator(app: Flask) -> None:
    """Make the administrator that the settings name when there are no users yet; never keep a process from starting."""
    email, password = app.config["ADMIN_EMAIL"], app.config["ADMIN_PASSWORD"]
    if not email:
        return
    with app.app_context():
        try:
            if not has_users():
                create_user(email, password, Role.ADMIN)
                logger.info("made the first administrator from ADMIN_EMAIL")
        except AccountError as error:
            # Two processes start at once, and the other one was first.
            if not has_users():
                logger.error("ADMIN_EMAIL and ADMIN_PASSWORD make no administrator: %s", error)  # noqa: TRY400 - The error is a sentence; no trace helps.
        except SQLAlchemyError as error:
            logger.error(  # noqa: TRY400 - the cause is one of two known ones; a traceback would hide it.
                "no administrator was made, since the database does not answer or is not migrated "
                "(flask --app wsgi db upgrade): %s",
                type(error).__name__,
            )
