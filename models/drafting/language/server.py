"""Any server that speaks the OpenAI chat protocol: Ollama, vLLM, llama.cpp, or a hosted one."""

from __future__ import annotations

from typing import Any

import openai

from models.drafting.language.drafter import LanguageModelError
from models.drafting.language.prompt import Prompt

_RETRIES = 2
_MOST_TOKENS = 400


class ServedModel:
    """Streams the answer, so that a server that stalls is noticed by the time-out between pieces."""

    def __init__(self, url: str, name: str, key: str, timeout: float) -> None:
        self.name = name
        # Local servers want a key, whatever it says.
        self._client = openai.OpenAI(base_url=url, api_key=key or "none", timeout=timeout, max_retries=_RETRIES)

    def write(self, prompt: Prompt) -> str:
        try:
            # The client's types follow the hosted service; other servers know these few fields.
            create: Any = self._client.chat.completions.create
            pieces = create(
                model=self.name, messages=prompt.messages, max_tokens=_MOST_TOKENS, temperature=0.7, stream=True
            )
            return "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
        except (openai.OpenAIError, ValueError) as error:
            raise LanguageModelError(type(error).__name__) from error
