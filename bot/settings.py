"""Settings from the environment or a `.env` file. The README's table is made from this class."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.house import House, HouseError, house_from


class SettingsError(RuntimeError):
    """A setting is wrong; the message is Dutch and names the setting, never its value."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = Field(None, description="Token van @BotFather; zonder start de terminal.")
    telegram_api_url: str = Field(
        "https://api.telegram.org/bot", description="Adres van de Bot API, voor een eigen Bot API-server."
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/antwoordcoach.db", description="Database; PostgreSQL met postgresql+asyncpg://…"
    )
    retention_days: int = Field(30, ge=1, description="Na zoveel dagen worden teksten van reacties gewist.")
    error_rate: float = Field(
        0.10,
        ge=0.02,
        le=0.5,
        description="Hoeveel van de stellige oordelen fout mogen zijn; lager is vaker „ik weet het niet”.",
    )
    house_file: Path | None = Field(None, description="YAML met de huisstijl, zie docs/house.md.")
    drafter: Literal["composer", "transformers", "openai"] = Field(
        "composer", description="Wie voorstellen schrijft; de composer springt in als een taalmodel het niet kan."
    )
    language_model: str = Field("", description="Naam of map van het taalmodel (bij transformers en openai).")
    language_model_file: str = Field("", description="GGUF-bestand in die map (bij transformers).")
    language_model_url: str = Field(
        "http://localhost:11434/v1", description="Adres van een server die het OpenAI-protocol spreekt."
    )
    language_model_key: SecretStr = Field(SecretStr(""), description="Sleutel voor die server, als ze er een vraagt.")
    language_model_timeout: float = Field(
        20, gt=0, le=300, description="Na zoveel seconden stilte stapt de composer in."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Hoeveel de log vertelt.")


def load_settings() -> Settings:
    """Read the settings; raises `SettingsError` naming the first wrong one."""
    try:
        settings = Settings()
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper()
        raise SettingsError(f"De instelling {name} klopt niet. De README legt uit wat er mag staan.") from error
    token = settings.telegram_bot_token
    if token is not None and not token.get_secret_value().strip():
        return settings.model_copy(update={"telegram_bot_token": None})
    return settings


def load_house(path: Path | None) -> House:
    """The organisation from its YAML file; the neutral default without one."""
    if path is None:
        return House()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return house_from(content)
    except HouseError as error:
        raise SettingsError(f"In {path.name} (HOUSE_FILE): {error}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"Het bestand {path.name} (HOUSE_FILE) is niet te lezen. Er hoort YAML in te staan."
        ) from error
