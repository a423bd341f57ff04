"""Finding the browser for the journeys, or installing Debian's where that is possible."""

import os
import shutil

from deploy.roundtable.places import logs
from deploy.roundtable.processes import run
from deploy.roundtable.terminal import FailureError, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")


def chromium() -> str:
    """Return the path of Chromium: from `CHROMIUM`, from the system, or newly installed.

    Raises
    ------
    FailureError
        It is missing and may not be installed; the message is the one command to run.
    """
    given = os.environ.get("CHROMIUM", "").strip()
    if given:
        if not os.access(given, os.X_OK):
            raise FailureError(f"CHROMIUM names {given}, which is not a program.")
        return given
    return _installed() or _install()


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> str:
    by_hand = f"Chromium is missing. Run: sudo {' '.join(INSTALL)}"
    prefix = _as_root()
    if prefix is None:
        raise FailureError(by_hand)
    env = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    log = logs() / "chromium.log"
    with step("Installing Chromium from Debian"):
        run([*prefix, "apt-get", "update"], env=env, log=log)
        run([*prefix, *INSTALL], env=env, log=log)
    found = _installed()
    if found is None:
        raise FailureError(by_hand)
    return found


def _as_root() -> list[str] | None:
    """Return what to put before a command so that root runs it without asking; None if nobody."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    try:
        run([sudo, "-n", "true"], env=dict(os.environ), log=logs() / "chromium.log")
    except FailureError:
        return None
    return [sudo, "-n"]
