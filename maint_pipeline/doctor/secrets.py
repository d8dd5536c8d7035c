"""Where an installation's secrets come from, as `maint doctor` says it: never what they are."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.secret_files import SUFFIX
from maint_pipeline.settings import SECRET_FIELDS, SECRETS, Settings


def examine_secrets(settings: Settings) -> Iterator[Diagnosis]:
    """Say which secrets were read from files, and which are in the environment.

    Args:
        settings: of this process.

    Yields:
        One diagnosis; none where there is no secret.
    """
    files = [
        f"{SECRET_FIELDS[name]} ({file})" for name, file in sorted(settings.secret_files.items())
    ]
    plain = sorted(
        name for name in settings.variables if name in SECRETS and not name.endswith(SUFFIX)
    )
    parts = (("from files", files), ("from the environment", plain))
    words = "; ".join(f"{where}: {', '.join(names)}" for where, names in parts if names)
    if words:
        yield Diagnosis("secrets", True, words)
