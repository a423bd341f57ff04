"""What every way of running shares. Defaults are the safe ones."""

import os
import sys
import tomllib

from backend.config import env
from backend.config.databases import database_from

ROOT = env.ROOT
VAR = env.folder("ROUNDTABLE_VAR", ROOT / "var")

PRODUCT_VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
# Whether the people and clients here are made up; every page then says so.
IS_TRIAL = False

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_standardized_errors",
    "axes",
    "backend.core",
    "backend.audit",
    "backend.accounts",
    "backend.organisation",
    "backend.travel",
    "backend.people",
    "backend.clients",
    "backend.commitments",
    "backend.rota",
    "backend.membership",
    "backend.democracy",
    "backend.exchange",
    "backend.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "backend.config.headers.MoreSecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, so that it sees the refusals of sign-in.
    "axes.middleware.AxesMiddleware",
]

# For the pages that the server makes itself; see `backend/core/pages/`.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

DATABASES = {
    "default": database_from(os.environ.get("DATABASE_URL"), sqlite_file=VAR / "roundtable.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "backend.accounts.hashers.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "backend.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
]

# Guessing: an account is slowed for the address that guesses, so that strangers cannot lock
# an honest person out and one shared office address is never blocked as a whole.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "backend.accounts.guessing.refuse_guessing"
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        # The office kit (Mantine) sets sizes through style attributes.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
FRONTEND_DIST = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
# Files are served from where the front end is built: nothing is collected into a STATIC_ROOT.
WHITENOISE_USE_FINDERS = True
# The build puts a hash of the content into every name under assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Keys that seal class-4 fields (key-safe codes), newest first: "id:base64 of 32 bytes".
# They are not SECRET_KEY and never live in the database or its backup.
SEALING_KEYS: list[str] = env.words("SEALING_KEYS")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["backend.core.api.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["backend.accounts.api.permissions.ByPolicy"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "backend.core.api.schema.OperationSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # `?format=` is a parameter of our own, of the export.
    "URL_FORMAT_OVERRIDE": None,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "backend.core.api.errors.Handler",
    "EXCEPTION_FORMATTER_CLASS": "backend.core.api.errors.Formatter",
    "ALLOWED_ERROR_STATUS_CODES": ["400", "401", "403", "404", "409"],
    "ERROR_SCHEMAS": {
        "400": "backend.core.api.schema.ProblemOut",
        "401": "backend.core.api.schema.ProblemOut",
        "403": "backend.core.api.schema.ProblemOut",
        "404": "backend.core.api.schema.ProblemOut",
        "409": "backend.core.api.schema.RefusalOut",
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Roundtable",
    "DESCRIPTION": "The HTTP interface of Roundtable, for a worker-owned homecare co-operative.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "SCHEMA_PATH_PREFIX": "/api",
    # Fields called "state" or "kind" in several tables; unnamed, they would be numbered.
    "ENUM_NAME_OVERRIDES": {
        "TravelModeEnum": "backend.people.models.TravelMode",
        "AbsenceKindEnum": "backend.people.models.AbsenceKind",
        "CheckKindEnum": "backend.people.models.CheckKind",
        "FunderKindEnum": "backend.clients.models.FunderKind",
        "WishKindEnum": "backend.rota.models.WishKind",
        "PlacedWishKindEnum": "backend.rota.models.PlacedWishKind",
        "WishReasonEnum": "backend.rota.models.WishReason",
        "VisitStateEnum": "backend.rota.models.VisitState",
        "RunStateEnum": "backend.rota.models.RunState",
        "CarerReasonEnum": "backend.rota.solver.reasons.REASON_CODES",
        "ProposalStateEnum": "backend.rota.models.ProposalState",
        "PromiseStateEnum": "backend.rota.selectors.promises.PromiseState",
        "TravelFailureEnum": "backend.rota.api.travel_shapes.FAILURES",
        "PolicyRuleNameEnum": "backend.organisation.rota_policy.RULE_NAMES",
        "RelaxableEnum": "backend.rota.api.policy_shapes.RELAXABLE",
        "EntityKindEnum": "backend.membership.models.EntityKind",
        "ClassKindEnum": "backend.membership.models.ClassKind",
        "CovenantKindEnum": "backend.membership.models.CovenantKind",
        "MembershipEventKindEnum": "backend.membership.models.EventKind",
        "MembershipStatusEnum": "backend.membership.models.MembershipStatus",
        "OrganisationFormEnum": "backend.membership.models.OrganisationForm",
        "BallotStateEnum": "backend.democracy.models.BallotState",
        "BallotKindEnum": "backend.democracy.models.BallotKind",
        "ControlVerdictEnum": "backend.membership.api.serializers.VERDICTS",
        "ControlFlagEnum": "backend.membership.api.serializers.FLAGS",
        "TravelProviderEnum": "backend.rota.api.travel_shapes.PROVIDERS",
    },
}

CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
# The row is retried, not the message: a lost message is rung again by the ticker.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"backend.rota.tasks.solve_run": {"queue": "solver"}}
# One task at a time in the worker's own process: the request to stop then reaches the solve that
# is under way, which a forked child would never hear of. The solver itself is a child of the task.
CELERY_WORKER_POOL = "solo"
CELERY_TIMEZONE = "UTC"

# Solver runs; all times in seconds.
SOLVER_COMMAND = [sys.executable, "-m", "scheduler"]
SOLVER_FOLDER = VAR / "solver"
POLICY_TRY_SECONDS = 60  # for each side of a split that a member tries
SOLVER_THREADS = min(2, os.cpu_count() or 1)
# How many workers share the parts of a group's week; a part computes with one thread.
SOLVER_WORKERS = env.whole("SOLVER_WORKERS", 2)
SOLVER_MEMORY_BYTES = env.whole("SOLVER_MEMORY_MB", 8192) * 1024 * 1024
SOLVER_LEASE_SECONDS = 10.0
SOLVER_HEARTBEAT_SECONDS = 2.0
# How long a solver may say nothing, run over its time, or take to stop, before it is killed.
SOLVER_SILENCE_SECONDS = 60.0
SOLVER_OVERTIME_SECONDS = 60.0
SOLVER_STOP_SECONDS = 20.0
# Deaths without progress, and claims altogether, after which a run is given up.
SOLVER_MAX_DEATHS = 3
SOLVER_MAX_CLAIMS = 20
# A run that nobody claims is rung again after this long, then ever more slowly.
SOLVER_RING_AGAIN_SECONDS = 3.0
SOLVER_RING_SLOWEST_SECONDS = 20.0

# Route services on the network. Without an address nothing is ever asked; with one, the rules of
# travel still say who uses it. All times in seconds but for the age.
OSRM_ADDRESSES = env.addresses("OSRM_ADDRESSES")
VALHALLA_ADDRESS = env.address("VALHALLA_ADDRESS")
TRAVEL_TIMES_DAYS = env.whole("TRAVEL_TIMES_DAYS", 30)
# The most that a run waits for missing times before it begins, and the command for all of them.
TRAVEL_RUN_SECONDS = 20.0
TRAVEL_COMMAND_SECONDS = 1800.0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Tries to sign in are kept in a table; its lines here would hold names and addresses.
    "loggers": {"axes": {"level": "ERROR"}},
}
