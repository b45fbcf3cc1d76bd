"""``flask users``: the people who may sign in."""

import click
from flask.cli import AppGroup

from dashboard.accounts import store as accounts

users = AppGroup("users", help="The people who may sign in.")


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in accounts.Role]), required=True)
@click.password_option(help="Asked for at a prompt when left out.")
def create_user(email: str, role: str, password: str) -> None:
    """Make a user who may sign in with EMAIL."""
    try:
        accounts.create_user(email, password, role)
    except accounts.AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{accounts.normal_email(email)} may now sign in ({role}).")


@users.command("password")
@click.argument("email")
@click.password_option(help="Asked for at a prompt when left out.")
def set_password(email: str, password: str) -> None:
    """Give the user EMAIL a new password and sign all their browsers out."""
    try:
        accounts.set_password(email, password)
    except accounts.AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{accounts.normal_email(email)} has a new password; every session has ended.")
