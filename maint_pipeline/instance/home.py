"""Dagster's home: its instance settings, where its storage is, and what its processes inherit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.embedded import embedded_server, ensure_database
from maint_pipeline.database.urls import sqlalchemy_url
from maint_pipeline.errors import ConfigurationError, UnreachableError
from maint_pipeline.files import write_atomically
from maint_pipeline.instance.internals.names import LOCAL_ARTIFACTS, NO_OUTPUT
from maint_pipeline.instance.tags import RANGE_TAG
from maint_pipeline.secret_files import SUFFIX
from maint_pipeline.settings import SECRET_FIELDS, Settings

LOCATION_NAME = "maint_pipeline"
DEFINITIONS_MODULE = "maint_pipeline.definitions"
STORAGE_VARIABLE = "MAINT_DAGSTER_STORAGE_URL"
_TAG_USERS = {
    "module": "maint_pipeline.instance.internals.users",
    "class": "SignedInUserCoordinator",
}
_STORAGE_FROM_FILE = {
    "module": "maint_pipeline.instance.internals.storage",
    "class": "StorageFromFile",
}
RANGES_AT_ONCE = 2
# More often than chance kills a process; one that dies each time waits for people or the next tick.
_RETRIES = {"enabled": True, "max_retries": 10, "retry_on_asset_or_op_failure": False}
_HEADER = "# Written by maint_pipeline at every start. Remove this line to keep your own changes.\n"


def instance_settings(
    home: Path,
    *,
    tag_users: bool = False,
    storage_file: Path | None = None,
    of_fleet: bool = False,
) -> dict[str, Any]:
    """Give our dagster.yaml; the figures are the ones measured for this use.

    Args:
        home: the folder it is meant for. All paths are absolute, because Dagster resolves others
            against the current directory.
        tag_users: runs launched in the UI are tagged with their user, whom a proxy names.
        storage_file: with the URL of the storage; None: it is in a variable.
        of_fleet: whether runs work through the databases of a registry.
    """
    # A launch waits for the next look into the queue: one second instead of five.
    queue: dict[str, Any] = {"max_concurrent_runs": 10, "dequeue_interval_seconds": 1}
    storage: dict[str, Any] = {"postgres": {"postgres_url": {"env": STORAGE_VARIABLE}}}
    if storage_file:
        storage = {"custom": {**_STORAGE_FROM_FILE, "config": {"url_file": str(storage_file)}}}
    if of_fleet:
        # Each works on a few databases of a server at a time: a fleet on one server is no flood.
        queue["tag_concurrency_limits"] = [{"key": RANGE_TAG, "limit": RANGES_AT_ONCE}]
    threads = {"use_threads": True, "num_workers": 4}
    return {
        "storage": storage,
        "telemetry": {"enabled": False},
        # What a dead process left undone is done by another run; what failed waits for people.
        **({"run_retries": _RETRIES} if of_fleet else {}),
        # No invitation to Dagster's community over the first page that an operator sees.
        "nux": {"enabled": False},
        **(
            {"run_coordinator": {**_TAG_USERS, "config": queue}}
            if tag_users
            else {"run_queue": queue}
        ),
        # Without threads one slow sensor or schedule holds up all others.
        "sensors": threads,
        "schedules": threads,
        "run_monitoring": {
            "enabled": True,
            "poll_interval_seconds": 5,
            "start_timeout_seconds": 180,
            "cancel_timeout_seconds": 60,
            "max_runtime_seconds": 14400,
            "free_slots_after_run_end_seconds": 20,
        },
        # A sensor that found nothing to do says so every 30 seconds.
        "retention": {
            "sensor": {"purge_after_days": {"skipped": 1, "success": 30, "failure": 30}},
            "schedule": {"purge_after_days": {"skipped": 30, "success": 90, "failure": 90}},
        },
        "local_artifact_storage": {
            **LOCAL_ARTIFACTS,
            "config": {"base_dir": str(home / "artifacts")},
        },
        "compute_logs": {
            # What tasks have to say is in the event log. Capturing their empty output would cost
            # every run four processes.
            **NO_OUTPUT,
        },
    }


def prepare_dagster_home(settings: Settings) -> Path:
    """Make Dagster's home, with our dagster.yaml unless the user wrote one.

    Args:
        settings: `dagster_home` names a folder of the user's own.

    Returns:
        The folder, absolute.

    Raises:
        ConfigurationError: it can't be written to.
    """
    home = settings.dagster_home or settings.home / "dagster"
    file = home / "dagster.yaml"
    ours = instance_settings(
        home,
        tag_users=settings.user_header is not None,
        of_fleet=settings.databases_file is not None,
        storage_file=settings.secret_files.get("dagster_database_url"),
    )
    text = _HEADER + yaml.safe_dump(ours, sort_keys=False)
    try:
        home.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else _HEADER
        if before.startswith(_HEADER) and before != text:
            write_atomically(file, text)
    except OSError as error:
        name = "DAGSTER_HOME" if settings.dagster_home else "MAINT_HOME"
        raise ConfigurationError(
            f"{name}: {home} can't be written to: {error.strerror}. Name another folder."
        ) from None
    return home


def code_location() -> str:
    """Give a workspace.yaml that has a process of Dagster start our code itself."""
    module = {"module_name": DEFINITIONS_MODULE, "location_name": LOCATION_NAME}
    return yaml.safe_dump({"load_from": [{"python_module": module}]})


@contextmanager
def dagster_storage_url(settings: Settings) -> Iterator[str]:
    """Give the libpq URL of Dagster's storage, starting the embedded server when it is there.

    Never the application's database: Dagster's tables are no guests for production unasked.

    Args:
        settings: without `dagster_database_url`, database `dagster` of the embedded server.
    """
    if settings.dagster_database_url is not None:
        yield settings.dagster_database_url.get_secret_value()
        return
    with embedded_server(settings.home) as server:
        ensure_database(server, "dagster")
        yield server.url("dagster")


def dagster_environment(
    settings: Settings, *, application: ApplicationUrls | None, storage_url: str
) -> dict[str, str]:
    """Give the variables that a Dagster process of ours needs, on top of the environment.

    What was read from a file is not among them: its name is in the environment already.

    Args:
        settings: of this process.
        application: how the application database is reached; None where a registry says it.
        storage_url: libpq URL of Dagster's storage.
    """
    home = prepare_dagster_home(settings)
    return {
        **(_application_variables(settings, application) if application else {}),
        "MAINT_HOME": str(settings.home),
        "MAINT_TIMEZONE": settings.timezone,
        "DAGSTER_HOME": str(home),
        **_storage_variables(settings, home, storage_url),
    }


def _application_variables(settings: Settings, application: ApplicationUrls) -> dict[str, str]:
    names = ("database_url", "admin_database_url", "owner_database_url")
    if any(name in settings.secret_files for name in names):
        return {}
    urls = (application.worker, application.administrator, application.owner)
    variables = {SECRET_FIELDS[name]: url for name, url in zip(names, urls, strict=True)}
    # Of a database of the registry, where the environment names the files of another one.
    emptied = {name + SUFFIX: "" for name in variables if os.environ.get(name + SUFFIX)}
    return {**variables, **emptied}


def _storage_variables(settings: Settings, home: Path, storage_url: str) -> dict[str, str]:
    is_from_file = "dagster_database_url" in settings.secret_files
    # A dagster.yaml of the user's own may want the variable all the same.
    if is_from_file and STORAGE_VARIABLE not in (home / "dagster.yaml").read_text(encoding="utf-8"):
        return {}
    # Dagster's storage works with psycopg2 only.
    return {STORAGE_VARIABLE: sqlalchemy_url(storage_url, "psycopg2")}


@contextmanager
def use_dagster(settings: Settings, application: ApplicationUrls | None) -> Iterator[None]:
    """Let this process use Dagster's instance for the duration of a block.

    Args:
        settings: of this process.
        application: how the application database is reached; None where a registry says it.

    Raises:
        UnreachableError: Dagster's storage is out of reach.
    """
    with dagster_storage_url(settings) as storage_url:
        # Dagster itself would try again and again, and end with a stack.
        try:
            connect(storage_url, application_name="maint", as_owner=False).close()
        except UnreachableError as error:
            raise UnreachableError(f"Dagster's storage: {error}") from None
        os.environ.update(
            dagster_environment(settings, application=application, storage_url=storage_url)
        )
        yield
