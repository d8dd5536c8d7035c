"""Celery's application for workers: `celery -A maint_pipeline.worker worker`.

It is the one of the launcher that dagster.yaml names, so that broker, queues and settings are the
same on both sides. Everything that a run needs is imported before the worker forks.
"""

from __future__ import annotations

import gc

from celery import Celery
from dagster import DagsterInstance

from maint_pipeline.definitions import defs
from maint_pipeline.errors import ConfigurationError


def make_app() -> Celery:
    """Make the application, with all jobs loaded.

    Raises:
        ConfigurationError: dagster.yaml names no launcher for Celery.
    """
    with DagsterInstance.get() as instance:
        made = getattr(instance.run_launcher, "celery", None)
    if not isinstance(made, Celery):
        raise ConfigurationError(
            "dagster.yaml has no run launcher for Celery: see deploy/celery/dagster.yaml."
        )
    defs.get_repository_def().get_all_jobs()
    # What is loaded by now stays shared with the processes that are forked from here.
    gc.collect()
    gc.freeze()
    return made


app = make_app()
