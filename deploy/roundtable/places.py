"""Where things are, and the environment in which the project's programs run."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
FRONTEND = ROOT / "frontend"
NODE_BIN = FRONTEND / "node_modules" / ".bin"
REQUIREMENTS = ROOT / "requirements"


def var() -> Path:
    """Return the folder for data and logs that are not part of the source, made if missing."""
    path = Path(os.environ.get("ROUNDTABLE_VAR", "").strip() or ROOT / "var")
    path.mkdir(parents=True, exist_ok=True)
    return path


def logs() -> Path:
    """Return the folder for logs, made if missing."""
    path = var() / "log"
    path.mkdir(exist_ok=True)
    return path


def environment(**more: str) -> dict[str, str]:
    """Return the environment for the project's programs; `more` is added to the caller's own."""
    env = dict(os.environ)
    env.pop("PYTHONHOME", None)
    env |= {
        "VIRTUAL_ENV": str(VENV),
        # First, since npm's scripts look for node on the path.
        "PATH": f"{BIN}{os.pathsep}{env.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        # The browser for the tests is Debian's; nothing is fetched from elsewhere.
        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    }
    return env | more


def manage(*words: str) -> list[str | Path]:
    """Return the command line of a Django management command."""
    return [PYTHON, ROOT / "backend" / "manage.py", *words]
