"""What is sent to the front of deploy/nginx: none of it may get in, launch or change anything."""

from base64 import b64encode

from tests.attacks import BODY, IN_URL, MUTATION
from tests.front import OPERATORS, VIEWERS

JSON = "Content-Type: application/json"
POST = "POST /graphql HTTP/1.1"
UPGRADE = (
    "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: graphql-ws",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)  # fmt: skip
GET_IN_URL = f"GET {IN_URL} HTTP/1.1"
FORM = "Content-Type: multipart/form-data; boundary=x"
PART = f'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{BODY}\r\n--x--\r\n'
NO_ONE = "Authorization: Basic " + b64encode(b"ada:wrong").decode()
EMPTY = "Authorization: Basic " + b64encode(b":").decode()
CHUNKED = f"{len(BODY):x}\r\n{BODY}\r\n0\r\n\r\n"
EVENT = "/report_asset_materialization/forged"

# By name: the lines after which {us}, our Host, stands; and the body.
WITHOUT_LOGIN = {
    "no login": ([POST, JSON], BODY),
    "a page": (["GET /runs HTTP/1.1"], ""),
    "the versions": (["GET /server_info HTTP/1.1"], ""),
    "a debug file": (["GET /download_debug/x HTTP/1.1"], ""),
    "a wrong password": ([POST, JSON, NO_ONE], BODY),
    "an empty login": ([POST, JSON, EMPTY], BODY),
    "a broken login": ([POST, JSON, "Authorization: Basic !!"], BODY),
    "a token": ([POST, JSON, "Authorization: Bearer ada"], BODY),
    "a header of the proxy's": ([POST, JSON, "X-Forwarded-User: ada"], BODY),
    "a name of oauth2-proxy's": ([POST, JSON, "X-Auth-Request-Email: ada"], BODY),
    "an address of ours": (
        [POST, JSON, "X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1"], BODY),
    "a path of ours": ([POST, JSON, "X-Original-URL: /server_info", "X-Rewrite-URL: /"], BODY),
    "a subscription": (
        ["GET /graphql HTTP/1.1", "Origin: {address}", "Connection: Upgrade", *UPGRADE], ""),
    "//graphql": (["POST //graphql HTTP/1.1", JSON], BODY),
    "/%67raphql": (["POST /%67raphql HTTP/1.1", JSON], BODY),
    "/oauth2/": (["POST /oauth2/../graphql HTTP/1.1", JSON], BODY),
    "another method": (["PROPFIND /graphql HTTP/1.1", JSON], BODY),
    "an event": ([f"POST {EVENT} HTTP/1.1"], ""),
}  # fmt: skip
# As an operator's browser sends it, with the login, when a page elsewhere makes it.
WITH_LOGIN = {
    "a query in the URL": ([GET_IN_URL], ""),
    "HEAD": ([GET_IN_URL.replace("GET", "HEAD")], ""),
    "as a page": ([GET_IN_URL, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
                   "Sec-Fetch-Dest: document"], ""),
    "in the URL of a POST": ([f"POST {IN_URL} HTTP/1.1", JSON], "{}"),
    "in the URL, no body": ([f"POST {IN_URL} HTTP/1.1"], ""),
    "in the URL, spelled otherwise": ([GET_IN_URL.replace("query", "q%75ery")], ""),
    "op and query": ([GET_IN_URL.replace("?", "?op=x&")], ""),
    "text/plain": ([POST, "Content-Type: text/plain"], BODY),
    "text/plain; application/json": ([POST, "Content-Type: text/plain; application/json"], BODY),
    "application/json-seq": ([POST, "Content-Type: application/json-seq"], BODY),
    "application/graphql": ([POST, "Content-Type: application/graphql"], MUTATION),
    "a form": ([POST, "Content-Type: application/x-www-form-urlencoded"], BODY),
    "a form of parts": ([POST, FORM], PART),
    "no content type": ([POST], BODY),
    "two content types": ([POST, "Content-Type: text/plain", JSON], BODY),
    "a batch": ([POST, JSON], f"[{BODY}]"),
    "a foreign origin": ([POST, JSON, "Origin: https://evil.example"], BODY),
    "no origin of the web": ([POST, JSON, "Origin: null"], BODY),
    "our origin without TLS": ([POST, JSON, "Origin: http://" + OPERATORS], BODY),
    "our origin at another port": ([POST, JSON, "Origin: {address}1"], BODY),
    "our origin as a beginning": ([POST, JSON, "Origin: {address}.evil.example"], BODY),
    "our origin as an end": ([POST, JSON, "Origin: https://evil.example {address}"], BODY),
    "the viewers' origin": ([POST, JSON, "Origin: https://" + VIEWERS], BODY),
    "a foreign site": ([POST, JSON, "Sec-Fetch-Site: cross-site"], BODY),
    "a neighbour's site": ([POST, JSON, "Sec-Fetch-Site: same-site"], BODY),
    "a foreign WebSocket": (
        ["GET /graphql HTTP/1.1", "Origin: https://evil.example", "Connection: Upgrade", *UPGRADE],
        ""),
    "a WebSocket of nobody": (["GET /graphql HTTP/1.1", "Connection: Upgrade", *UPGRADE], ""),
    "a WebSocket elsewhere": (["GET /x HTTP/1.1", "Origin: https://evil.example",
                               "Connection: Upgrade", *UPGRADE], ""),
    "//graphql": (["POST //graphql HTTP/1.1", JSON], BODY),
    "/x/../graphql": (["POST /x/../graphql HTTP/1.1", JSON], BODY),
    "/..;/graphql": (["POST /..;/graphql HTTP/1.1", JSON], BODY),
    "/graphql;x": (["POST /graphql;x HTTP/1.1", JSON], BODY),
    "/%67raphql": (["POST /%67raphql HTTP/1.1", JSON], BODY),
    "/%2567raphql": (["POST /%2567raphql HTTP/1.1", JSON], BODY),
    "/%2fgraphql": (["POST /%2fgraphql HTTP/1.1", JSON], BODY),
    "/graphql/": (["POST /graphql/ HTTP/1.1", JSON], BODY),
    "/GraphQL": (["POST /GraphQL HTTP/1.1", JSON], BODY),
    "/.%2e/graphql": (["POST /x/.%2e/graphql HTTP/1.1", JSON], BODY),
    "GET //graphql": ([GET_IN_URL.replace("/graphql", "//graphql")], ""),
    "GET /%67raphql": ([GET_IN_URL.replace("/g", "/%67")], ""),
    "\\graphql": (["POST /\\graphql HTTP/1.1", JSON], BODY),
    "PUT": (["PUT /graphql HTTP/1.1", JSON], BODY),
    "a method in a header": ([GET_IN_URL, "X-HTTP-Method-Override: POST"], ""),
    "an event": ([f"POST {EVENT} HTTP/1.1"], ""),
    "an event by GET": ([f"GET {EVENT}?metadata=1 HTTP/1.1"], ""),
    "an event, //": ([f"POST /{EVENT} HTTP/1.1"], ""),
    "an event, encoded": ([f"POST {EVENT.replace('_', '%5f', 1)} HTTP/1.1"], ""),
    "an event, in upper case": ([f"POST {EVENT.upper()} HTTP/1.1"], ""),
    "a notebook": (["GET /notebook?path=/etc/passwd.ipynb HTTP/1.1"], ""),
    "a body of 2 MB": ([POST, JSON], BODY + " " * 2_000_000),
    "a header of 70 kB": ([POST, JSON, "X-Large: " + "x" * 70_000], BODY),
    "two lengths": ([POST, JSON, f"Content-Length: {len(BODY)}", "Content-Length: 4"], BODY),
    "a length and chunks": (
        [POST, JSON, f"Content-Length: {len(CHUNKED)}", "Transfer-Encoding: chunked"], CHUNKED),
    "chunks, obscured": ([POST, JSON, "Transfer-Encoding: xchunked"], CHUNKED),
    "a request in a body": (
        ["GET /runs HTTP/1.1", "Content-Length: 0", "Content-Length: 60"],
        f"POST /graphql HTTP/1.1\r\n{JSON}\r\n\r\n{BODY}"),
    "two hosts": ([POST, JSON, "Host: evil.example"], BODY),
}  # fmt: skip

# What a viewer sends with a login.
MUTATIONS = {
    "launchRun": MUTATION,
    "setAutoMaterializePaused": "mutation { setAutoMaterializePaused(paused: true) }",
    "freeConcurrencySlots": 'mutation { freeConcurrencySlots(runId: "x") }',
    "terminateRuns": 'mutation { terminateRuns(runIds: ["x"]) { __typename ... on '
    "TerminateRunsResult { terminateRunResults { __typename } } } }",
    "deleteRun": 'mutation { deleteRun(runId: "x") { __typename } }',
    "startSchedule": "mutation { startSchedule(scheduleSelector: {repositoryLocationName: "
    '"maint_pipeline", repositoryName: "__repository__", scheduleName: "x"}) { __typename } }',
    "startSensor": "mutation { startSensor(sensorSelector: {repositoryLocationName: "
    '"maint_pipeline", repositoryName: "__repository__", sensorName: "x"}) { __typename } }',
    "reloadWorkspace": "mutation { reloadWorkspace { __typename } }",
    "wipeAssets": 'mutation { wipeAssets(assetPartitionRanges: [{assetKey: {path: ["x"]}}]) '
    "{ __typename } }",
    "reportRunlessAssetEvents": "mutation { reportRunlessAssetEvents(eventParams: {eventType: "
    'ASSET_MATERIALIZATION, assetKey: {path: ["forged"]}}) { __typename } }',
    "setConcurrencyLimit": 'mutation { setConcurrencyLimit(concurrencyKey: "x", limit: 1) }',
}


def place(lines: list[str], *more: str) -> list[str]:
    """Put our Host behind the first of the lines, and more at the end."""
    return [lines[0], "{us}", *lines[1:], *more]
