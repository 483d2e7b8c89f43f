"""Two doors to the same fake: in-process for most tests, HTTP for the real console script."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from .api import FakeBotApi

UPLOAD = "(upload)"


class InProcessRequest(BaseRequest):
    """For `Application.builder().request(InProcessRequest(api)).get_updates_request(InProcessRequest(api))`."""

    def __init__(self, api: FakeBotApi) -> None:
        self.api = api

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        # As over HTTP: strings only, so that both doors take the same way through the fake.
        params: dict[str, Any] = {}
        if request_data:
            params = {**dict.fromkeys(request_data.multipart_data or {}, UPLOAD), **request_data.json_parameters}
        head, api_method = url.rsplit("/", 1)
        status, body = await self.api.call(head.rsplit("/bot", 1)[-1], api_method, params)
        return status, json.dumps(body).encode()


class _Handler(RequestHandler):
    def initialize(self, api: FakeBotApi) -> None:
        self.api = api

    async def post(self, token: str, method: str) -> None:
        params: dict[str, Any] = dict.fromkeys(self.request.files, UPLOAD)
        params |= {name: self.get_argument(name, strip=False) for name in self.request.arguments}
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            params |= json.loads(self.request.body)
        status, body = await self.api.call(token, method, params)
        self.set_status(status)
        self.write(body)

    get = post


def serve(api: FakeBotApi, port: int = 0) -> tuple[str, Callable[[], Awaitable[None]]]:
    """Serves on 127.0.0.1 in the running event loop. Returns PTB's `base_url` and a function that stops the server."""
    server = HTTPServer(
        Application([(r"/bot([^/]+)/(\w+)", _Handler, {"api": api})], log_function=lambda handler: None)
    )
    sockets = bind_sockets(port, "127.0.0.1")
    server.add_sockets(sockets)

    async def stop() -> None:
        server.stop()
        await server.close_all_connections()
        await api.hang_up()

    return f"http://127.0.0.1:{sockets[0].getsockname()[1]}/bot", stop
