"""What a hostile page or program sends to launch a job that deletes."""

import json
import socket
from urllib.parse import quote

JOB = "cleanup_old_audit_logs"
MUTATION = (
    'mutation { launchRun(executionParams: { selector: { repositoryLocationName: "maint_pipeline", '
    f'repositoryName: "__repository__", jobName: "{JOB}" }}, '
    f"runConfigData: {{ ops: {{ {JOB}: {{ config: {{ retention_days: 1 }} }} }} }} }}) "
    "{ __typename } }"
)
BODY = json.dumps({"query": MUTATION})
IN_URL = f"/graphql?query={quote(MUTATION)}"
RUNS = f'{{ runsOrError(filter: {{ pipelineName: "{JOB}" }}) {{ ... on Runs {{ count }} }} }}'


def runs(ui) -> int:
    """Tell how often the job was launched."""
    return ui.graphql(RUNS)["runsOrError"]["count"]


def send(port: int, lines: list[str], body: str = "") -> tuple[int, dict[str, str], str]:
    """Send a request as it stands and give status, headers in lower case, and body.

    Args:
        port: on 127.0.0.1.
        lines: the request line and the headers; nothing is added but Content-Length and the end.
        body: may be empty.
    """
    if body:
        lines = [*lines, f"Content-Length: {len(body)}"]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall("\r\n".join([*lines, "", body]).encode("latin-1"))
        answer = b""
        while b"\r\n\r\n" not in answer and (more := connection.recv(65536)):
            answer += more
        head, _, rest = answer.partition(b"\r\n\r\n")
        first, *others = head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in others)}
        length = int(headers.get("content-length", 0))
        while len(rest) < length and (more := connection.recv(65536)):
            rest += more
    return int(first.split()[1]), headers, rest.decode("utf-8", "replace")
