"""Everything that understands or writes, loaded once and handed to every door."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings, SettingsError
from models.classifier import Classifier
from models.coaching.coach import DraftCoach
from models.coaching.post_check import PostCheck
from models.drafting.composer import Composer
from models.drafting.gate import Gate
from models.drafting.gated import Drafter, GatedDrafter
from models.drafting.language.drafter import LanguageDrafter, LanguageModelError
from models.drafting.ranking import PHRASES_FILE, PhraseRanker
from models.marking.checkpoint import MARKING_DIR
from models.marking.marker import Marker


@dataclass(frozen=True)
class Models:
    classifier: Classifier
    marker: Marker
    drafter: GatedDrafter
    draft_coach: DraftCoach
    post_check: PostCheck


def load_models(settings: Settings) -> Models:
    """Raises `CheckpointError` or `SettingsError`, each with a Dutch message."""
    return assemble(Classifier.load(error_rate=settings.error_rate), Marker.load(), _language_drafter(settings))


def _language_drafter(settings: Settings) -> Drafter | None:
    """Libraries for language models are imported only where one is asked for."""
    if settings.drafter == "composer":
        return None
    if not settings.language_model:
        raise SettingsError("Zet LANGUAGE_MODEL op de naam van het taalmodel, of DRAFTER op composer.")
    try:
        if settings.drafter == "openai":
            from models.drafting.language.server import ServedModel

            key = settings.language_model_key.get_secret_value()
            return LanguageDrafter(
                ServedModel(settings.language_model_url, settings.language_model, key, settings.language_model_timeout)
            )
        from models.drafting.language.local import LocalModel

        return LanguageDrafter(LocalModel(settings.language_model, settings.language_model_file or None))
    except ImportError as error:
        raise SettingsError("Voor DRAFTER=openai is het pakket nodig: pip install 'antwoordcoach[openai]'.") from error
    except LanguageModelError as error:
        raise SettingsError(f"LANGUAGE_MODEL: {error}") from error


def assemble(classifier: Classifier, marker: Marker, first: Drafter | None = None) -> Models:
    """The parts put together; `first` writes before the composer does."""
    composer = Composer(PhraseRanker(marker, MARKING_DIR / PHRASES_FILE))
    return Models(
        classifier=classifier,
        marker=marker,
        drafter=GatedDrafter(composer, Gate(classifier, marker), first),
        draft_coach=DraftCoach(marker, composer),
        post_check=PostCheck(marker),
    )
