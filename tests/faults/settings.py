"""For the workers of the fault tests: short leases, and the slow solver."""

import os
import sys

from backend.config.brokers import broker_settings
from backend.config.settings.test import *  # noqa: F403  settings modules are layered this way
from backend.config.settings.test import VAR

SOLVER_LEASE_SECONDS = 2.5
SOLVER_HEARTBEAT_SECONDS = 0.5
SOLVER_RING_AGAIN_SECONDS = 1.0
SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]

globals().update(broker_settings(os.environ.get("REDIS_URL"), VAR))
