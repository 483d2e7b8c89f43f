"""Marks in a text of one's own: which words take which step, show which pitfall, or polarise. Learnt, not listed."""
