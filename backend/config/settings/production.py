"""For production: PostgreSQL and Redis, and no start without the secrets."""

from backend.config import env
from backend.config.brokers import broker_settings
from backend.config.databases import database_from
from backend.config.settings.base import *  # noqa: F403  settings modules are layered this way
from backend.config.settings.base import VAR

SECRET_KEY = env.text("SECRET_KEY")
SEALING_KEYS = env.needed_words("SEALING_KEYS")
ALLOWED_HOSTS = env.needed_words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": database_from(env.text("DATABASE_URL"), sqlite_file=VAR / "not-used")}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# No SECURE_PROXY_SSL_HEADER: the web server itself reads what the proxy forwards, and from the
# named proxy alone (see `deploy/roundtable/parts.py`), so that nobody can claim to have come by
# HTTPS or from another address.
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True

globals().update(broker_settings(env.text("REDIS_URL"), VAR))
