"""A chat model that runs here, through transformers: any Hugging Face name or folder."""

from __future__ import annotations

from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from models.drafting.language.drafter import LanguageModelError
from models.drafting.language.prompt import Prompt

_MOST_TOKENS = 220


class LocalModel:
    """`file` names a GGUF file in the folder, where the weights are in one."""

    def __init__(self, name: str, file: str | None = None) -> None:
        self.name = name.rstrip("/").rsplit("/", 1)[-1]
        given: dict[str, Any] = {"gguf_file": file} if file else {}
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(name, **given)
            self._model: Any = AutoModelForCausalLM.from_pretrained(name, dtype=torch.float32, **given)
        except (OSError, ValueError, ImportError) as error:
            raise LanguageModelError(f"{self.name} is niet te laden ({type(error).__name__})") from error

    def write(self, prompt: Prompt) -> str:
        if self._tokenizer.chat_template:
            text = self._tokenizer.apply_chat_template(prompt.messages, tokenize=False, add_generation_prompt=True)
        else:
            # A base model has no roles: it is given the text and goes on.
            text = f"{prompt.system}\n\n{prompt.user}\n\nAntwoord: "
        asked = self._tokenizer(text, return_tensors="pt", add_special_tokens=not self._tokenizer.chat_template)
        with torch.inference_mode():
            found = self._model.generate(
                **asked, max_new_tokens=_MOST_TOKENS, do_sample=False, pad_token_id=self._tokenizer.eos_token_id
            )
        return str(self._tokenizer.decode(found[0, asked["input_ids"].shape[1] :], skip_special_tokens=True))
