"""What a code server says of the code that it was to load."""

from __future__ import annotations

from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._grpc.client import DagsterGrpcClient
from dagster._serdes import deserialize_value
from dagster_shared.error import SerializableErrorInfo


def code_problem(port: int) -> str:
    """Ask a code server on this machine for its jobs.

    Args:
        port: where it listens.

    Returns:
        What is wrong; empty where it has loaded the code.
    """
    client = DagsterGrpcClient(port=port, host="127.0.0.1")
    try:
        answer = client.list_repositories()
    except DagsterUserCodeUnreachableError:
        return "it does not answer"
    found = deserialize_value(answer)
    if isinstance(found, SerializableErrorInfo):
        return found.message.strip()
    return "" if getattr(found, "repository_symbols", None) else "it has no definitions"
