"""What a person sees: screens of HTML and buttons, made from results; no decisions, no Telegram types."""
