"""What only shows over HTTP."""

import asyncio
from typing import Any

import httpx

from . import TOKEN, FakeBotApi, User, serve


async def test_json_form_multipart_and_query_say_the_same() -> None:
    api = FakeBotApi()
    jan = User(api, "Jan")
    base_url, stop = serve(api)
    url = f"{base_url}{TOKEN}/sendMessage"
    text = {"chat_id": str(jan.id), "text": "5"}
    forms: list[dict[str, Any]] = [
        {"json": {"chat_id": jan.id, "text": "5"}},
        {"data": text},
        {"data": text, "files": {"thumbnail": b"x"}},
        {"params": text},
    ]
    async with httpx.AsyncClient() as client:
        for sent in forms:
            answer = (await client.post(url, **sent)).json()
            assert answer["result"]["text"] == "5"
        assert (await client.get(f"{base_url}{TOKEN}/getMe")).json()["result"]["is_bot"] is True
        assert (await client.get(f"{base_url}1:wrong/getMe")).status_code == 401
    await stop()


async def test_a_second_poller_ends_the_first() -> None:
    api = FakeBotApi()
    base_url, stop = serve(api)
    url = f"{base_url}{TOKEN}/getUpdates"
    api.longest_poll = 5
    async with httpx.AsyncClient() as client:
        first = asyncio.create_task(client.get(url, params={"timeout": 5}))
        assert await api.wait_until(lambda: api.polls_begun == 1, 5)
        second = await client.get(url, params={"timeout": 0})
        assert second.json() == {"ok": True, "result": []}
        assert (await first).status_code == 409
    await stop()
