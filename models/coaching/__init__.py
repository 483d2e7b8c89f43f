"""Feedback on somebody's own words: a draft reply, or a post before it goes out."""
