"""Drafts: sentences from the phrase bank, chosen by the same encoder, put together by recipes."""
