"""The base encoder: multilingual-e5-small out of a package, with a vocabulary trimmed to Dutch."""
