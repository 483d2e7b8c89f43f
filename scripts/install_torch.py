"""Install torch without CUDA: from PyTorch's own CPU index when it answers within seconds, else from the default one.

On Linux the default index carries a build with several gigabytes of CUDA; on macOS it has none.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request


def answers(url: str, seconds: float = 4) -> bool:
    """Whether the index serves a page within this time."""
    try:
        with urllib.request.urlopen(url + "/torch/", timeout=seconds):
            return True
    except (urllib.error.URLError, OSError, ValueError):
        return False


def main(requirement: str, cpu_index: str) -> int:
    """The exit code of pip."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    if sys.platform == "linux" and answers(cpu_index):
        # That index carries what torch itself needs, too.
        command += ["--index-url", cpu_index]
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
