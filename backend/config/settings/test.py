"""For the automatic tests."""

import os

from backend.config.settings.base import *  # noqa: F403  settings modules are layered this way

SECRET_KEY = "only for tests"  # noqa: S105  not a secret
SEALING_KEYS = ["test:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Hashing is slow on purpose, tests are not.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = os.environ.get("REDIS_URL", "memory://")
