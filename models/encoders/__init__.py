"""Two ways to run the same encoder: compiled for the processor (served), and plain PyTorch (reference and fallback)."""
