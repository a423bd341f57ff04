"""For a first try and for development: SQLite and a broker without a server by default."""

import os

from backend.config.brokers import broker_settings
from backend.config.settings.base import *  # noqa: F403  settings modules are layered this way
from backend.config.settings.base import VAR
from backend.config.trial_secrets import trial_secret

IS_TRIAL = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = os.environ.get("SECRET_KEY") or trial_secret(VAR / "secrets", "secret_key")
SEALING_KEYS = [f"trial:{trial_secret(VAR / 'secrets', 'sealing_key')}"]

globals().update(broker_settings(os.environ.get("BROKER_URL") or os.environ.get("REDIS_URL"), VAR))
