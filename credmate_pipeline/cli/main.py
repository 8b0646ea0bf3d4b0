"""The `credmate` command: every command registered, and every deliberate error told in one sentence."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from credmate_pipeline.cli.adopt import adopt
from credmate_pipeline.cli.alerts import alerts_app, health
from credmate_pipeline.cli.audit import app as audit
from credmate_pipeline.cli.calibrate import calibrate
from credmate_pipeline.cli.canary import canary
from credmate_pipeline.cli.credits import credits_of
from credmate_pipeline.cli.demo import demo
from credmate_pipeline.cli.doctor import compare, doctor
from credmate_pipeline.cli.evaluate import evaluate
from credmate_pipeline.cli.export import export
from credmate_pipeline.cli.output import plain
from credmate_pipeline.cli.providers import app as providers
from credmate_pipeline.cli.purge import purge
from credmate_pipeline.cli.read import read
from credmate_pipeline.cli.reconcile import reconcile
from credmate_pipeline.cli.replay import replay
from credmate_pipeline.cli.review import app as review
from credmate_pipeline.cli.roles import app as roles
from credmate_pipeline.cli.samples import samples
from credmate_pipeline.cli.show import show
from credmate_pipeline.cli.status import status
from credmate_pipeline.cli.truth import app as truth
from credmate_pipeline.cli.up import migrate, up
from credmate_pipeline.cli.upload import upload
from credmate_pipeline.cli.uploaders import uploaders
from credmate_pipeline.errors import ConfigurationError, CredmateError, TransientError

EXIT_ERROR, EXIT_CONFIGURATION, EXIT_UNREACHABLE = 1, 2, 3

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="CredentialMate's document pipeline.")
for command in (
    up,
    demo,
    upload,
    status,
    show,
    read,
    evaluate,
    replay,
    calibrate,
    export,
    purge,
    samples,
    canary,
    health,
    reconcile,
    migrate,
):
    app.command()(command)
app.command()(adopt)
app.command()(uploaders)
app.command()(doctor)
app.command()(compare)
app.command("credits")(credits_of)
app.add_typer(providers, name="providers")
app.add_typer(review, name="review")
app.add_typer(audit, name="audit")
app.add_typer(roles, name="roles")
app.add_typer(truth, name="truth")
app.add_typer(alerts_app, name="alerts")


@app.callback(invoke_without_command=True)
def root(
    is_version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False,
) -> None:
    """CredentialMate's document pipeline: from an uploaded file to a settled, evidenced record."""
    if is_version:
        typer.echo(version("credmate-pipeline"))
        raise typer.Exit


def main() -> None:
    """The console entry. Exit codes: 0 well, 1 error, 2 wrong setting or use, 3 something is not reachable."""
    try:
        app()
    except ConfigurationError as error:
        _end(error, EXIT_CONFIGURATION)
    except TransientError as error:
        _end(error, EXIT_UNREACHABLE)
    except CredmateError as error:
        _end(error, EXIT_ERROR)


def _end(message: object, code: int) -> None:
    typer.echo("\n".join(plain(line) for line in f"credmate: {message}".splitlines()), err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
