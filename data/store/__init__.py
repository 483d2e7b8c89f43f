"""What is remembered about conversations. SQLAlchemy types stay inside this package."""

from data.store.records import Case, Erased, NewCase, NewDraft, StoredDraft
from data.store.store import Store, StoreError

__all__ = ["Case", "Erased", "NewCase", "NewDraft", "Store", "StoreError", "StoredDraft"]
