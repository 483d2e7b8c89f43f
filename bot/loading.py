"""Everything that understands or writes, loaded once and handed to every door."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from models.classifier import Classifier
from models.coaching.coach import DraftCoach
from models.coaching.post_check import PostCheck
from models.drafting.composer import Composer
from models.drafting.gate import Gate
from models.drafting.gated import Drafter, GatedDrafter
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
    return assemble(Classifier.load(error_rate=settings.error_rate), Marker.load())


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
