"""All settings. Each value that may differ between installations comes through `factcheck.env`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from factcheck import database, embedded, env

BASE_DIR = embedded.ROOT
VAR = Path(
    env.text(
        "FACTCHECK_VAR",
        str(embedded.VAR),
        "Folder of everything that is written: database, archive, messages, logs, secret key.",
        shown="var in the project's folder",
    )
)

# Who we are and where

DEBUG = env.boolean("DEBUG", False, "Shows Django's error pages. Only for development on this machine.")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"], "Host names under which the site may be asked for."
)
BIND = env.text("BIND", "127.0.0.1", "Address of this machine on which ./run listens; 0.0.0.0 for all.")
PORT = env.integer("PORT", 8000, "Port on which ./run serves the site.", least=1, most=65535)
SNAPSHOT_HOST = env.text(
    "SNAPSHOT_HOST", "", "Host, with its port if it has one, from which archived pages are shown and nothing else."
).lower()
SNAPSHOT_LINK_SECONDS = env.integer(
    "SNAPSHOT_LINK_SECONDS", 600, "How long the address of an archived page's replay is good.", least=10
)
PUBLIC_URL = env.web_address(
    "PUBLIC_URL",
    f"http://127.0.0.1:{PORT}",
    "Address of the site as readers know it; the base of links in exports.",
    shown="http://127.0.0.1:PORT",
)
env.refuse_shared_snapshots(snapshot_host=SNAPSHOT_HOST, public_url=PUBLIC_URL, hosts=ALLOWED_HOSTS)
if SNAPSHOT_HOST:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, env.host_alone(SNAPSHOT_HOST)]
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "The Newsroom", "Name of the newsroom on public pages and in exports.")
NEWSROOM_CONTACT = env.text("NEWSROOM_CONTACT", "", "Address or page to which readers send corrections.")
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC", "Time zone in which dates are shown to people who have chosen none.")
USE_TZ = True
LANGUAGE_CODE = "en"

SECRET_KEY = env.text(
    "SECRET_KEY",
    embedded.secret_key,
    "Signs sessions and forms. Required as soon as others can reach the site.",
    shown="made once and kept under var/",
)
# A name in ALLOWED_HOSTS protects nobody: whoever reaches the port may write any Host.
_public = env.public_names(ALLOWED_HOSTS=ALLOWED_HOSTS, BIND=[BIND], PUBLIC_URL=[urlsplit(PUBLIC_URL).hostname or ""])
env.refuse_unsafe(public=_public, debug=DEBUG, own_secret=env.given("SECRET_KEY"), secret=SECRET_KEY)

# Servers

DATABASE_URL = env.text(
    "DATABASE_URL",
    embedded.database_url,
    "PostgreSQL 15 or newer, as the application role: postgresql://user:password@host:5432/database.",
    shown="the embedded PostgreSQL",
)
DATABASE_OWNER_URL = env.text(
    "DATABASE_OWNER_URL",
    embedded.owner_url,
    "The same database as the role that owns the tables; used by manage.py migrate alone.",
    shown="as DATABASE_URL",
)
DATABASE_POOL = env.integer(
    "DATABASE_POOL", 12, "Connections to PostgreSQL that one process keeps at most; 0 opens one for each request."
)
DATABASE_PREPARED = env.boolean(
    "DATABASE_PREPARED",
    True,
    "Whether PostgreSQL keeps what it worked out of statements that come again; no where a pooler such as PgBouncer "
    "hands out connections by the transaction.",
)
DATABASES: dict[str, dict[str, Any]] = {"default": database.from_url("DATABASE_URL", DATABASE_URL)}
DATABASE_OWNER = database.from_url("DATABASE_OWNER_URL", DATABASE_OWNER_URL)
if DATABASE_POOL:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # A pool keeps connections past a restart of the server.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5}
if DATABASE_PREPARED:
    # What was sent three times over a connection; see docs/decisions/0027-what-a-capture-costs.md.
    DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = env.server_address(
    "CELERY_BROKER_URL",
    embedded.broker_url,
    "RabbitMQ (amqp://…) or Redis (redis://…).",
    ["amqp", "amqps", "redis", "rediss"],
    shown="files in BROKER_FOLDER",
)
BROKER_FOLDER = env.text(
    "BROKER_FOLDER",
    str(VAR / "broker"),
    "Folder of the messages when no broker is named.",
    shown="var/broker in the project's folder",
)
CELERY_BROKER_TRANSPORT_OPTIONS = embedded.broker_options(CELERY_BROKER_URL, BROKER_FOLDER)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "scheduler")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "sources.tasks.sweep", "schedule": 5.0, "options": {"expires": 5.0}},
    "sweep-archive": {"task": "sources.tasks.sweep_archive", "schedule": 86_400.0},
    "watch": {"task": "sources.tasks.due_watches", "schedule": 10.0, "options": {"expires": 10.0}},
}

# The archive

ARCHIVE_ROOT = env.text(
    "ARCHIVE_ROOT", str(VAR / "archive"), "Folder of the archived pages.", shown="var/archive in the project's folder"
)
ARCHIVE_S3_BUCKET = env.text(
    "ARCHIVE_S3_BUCKET", "", "S3 bucket of the archived pages, instead of ARCHIVE_ROOT; see docs/running.md."
)
ARCHIVE_S3_ENDPOINT = env.text(
    "ARCHIVE_S3_ENDPOINT", "", "Address of the S3 service where it is not Amazon's, such as https://s3.example.org."
)
if ARCHIVE_S3_BUCKET:
    env.require_package("ARCHIVE_S3_BUCKET", "storages", "django-storages[s3]")
ARCHIVE_FAST = env.boolean(
    "ARCHIVE_FAST", False, "Archives with less work: a sixth more bytes for a tenth of the time spent on packing."
)
ARCHIVE_ORPHAN_HOURS = env.integer(
    "ARCHIVE_ORPHAN_HOURS", 48, "How old an archived file that nothing names must be before it is swept.", least=1
)
FETCH_ALLOW_PRIVATE = env.words(
    "FETCH_ALLOW_PRIVATE", [], "host:port pairs that may be fetched although they are private, such as 127.0.0.1:8000."
)
FETCH_CONNECT_SECONDS = env.integer("FETCH_CONNECT_SECONDS", 5, "How long a connection may take.", least=1)
FETCH_FIRST_BYTE_SECONDS = env.integer("FETCH_FIRST_BYTE_SECONDS", 15, "How long the first byte may take.", least=1)
FETCH_TOTAL_SECONDS = env.integer("FETCH_TOTAL_SECONDS", 60, "How long one page may take, redirects included.", least=1)
FETCH_MAX_HEADER_BYTES = env.integer("FETCH_MAX_HEADER_BYTES", 65536, "Largest header of an answer.", least=1024)
FETCH_MAX_HEADER_FIELDS = env.integer(
    "FETCH_MAX_HEADER_FIELDS", 100, "How many fields the header of an answer may have.", least=10
)
FETCH_MAX_HTML_BYTES = env.integer("FETCH_MAX_HTML_BYTES", 25_000_000, "Largest HTML page that is kept.", least=1024)
FETCH_MAX_BYTES = env.integer("FETCH_MAX_BYTES", 100_000_000, "Largest document that is kept.", least=1024)
UPLOAD_MAX_BYTES = env.integer(
    "UPLOAD_MAX_BYTES", 100_000_000, "Largest file that a person may supply as a copy of a page.", least=1024
)
FETCH_MAX_RATIO = env.integer("FETCH_MAX_RATIO", 200, "How many times larger a compressed page may become.", least=1)
FETCH_MAX_REDIRECTS = env.integer("FETCH_MAX_REDIRECTS", 10, "How many redirects are followed.")
FETCH_PORTS = env.integers("FETCH_PORTS", [80, 443, 8080, 8443], "Ports from which pages are fetched.")
FETCH_HOST_PER_MINUTE = env.integer(
    "FETCH_HOST_PER_MINUTE", 60, "How many pages all workers together fetch from one host in a minute; 0 sets no limit."
)
FETCH_HOST_BURST = env.integer(
    "FETCH_HOST_BURST", 20, "How many pages of one host are fetched at once before that rate holds.", least=1
)
FETCH_MAX_RETRY_AFTER_SECONDS = env.integer(
    "FETCH_MAX_RETRY_AFTER_SECONDS", 21_600, "How long a host is left alone at most when it asks for it (Retry-After)."
)
FETCH_OBEY_ROBOTS = env.boolean(
    "FETCH_OBEY_ROBOTS",
    False,
    "Whether a page is left alone when its host's robots.txt asks for it. It is read and kept on record either way.",
)
CAPTURE_RETRY_SECONDS = env.integer(
    "CAPTURE_RETRY_SECONDS", 60, "The first pause before a page is tried again; each further one is longer.", least=1
)
CAPTURE_RETRY_HOURS = env.integer(
    "CAPTURE_RETRY_HOURS", 24, "How long a page is tried again by itself; 0 tries it once."
)
FETCH_REQUISITES = env.integer(
    "FETCH_REQUISITES", 200, "How many pictures, styles and fonts of a page are archived with it; 0 archives none."
)
FETCH_REQUISITES_BYTES = env.integer(
    "FETCH_REQUISITES_BYTES", 30_000_000, "How large a page's pictures, styles and fonts may be together.", least=1024
)
FETCH_REQUISITES_SECONDS = env.integer(
    "FETCH_REQUISITES_SECONDS", 30, "How long all pictures, styles and fonts of a page may take.", least=1
)
CAPTURE_LEASE_SECONDS = env.integer(
    "CAPTURE_LEASE_SECONDS", 120, "How long a worker has a capture for itself before another may take it.", least=5
)
WATCH_DAYS = env.integers(
    "WATCH_DAYS", [3, 10, 90], "Days after publication on which the sources of a published claim are captured again."
)
WATCH_THEN_EVERY_DAYS = env.integer(
    "WATCH_THEN_EVERY_DAYS", 91, "After the last of WATCH_DAYS they are captured again every so many days.", least=1
)
BROWSER = env.text(
    "BROWSER",
    "",
    "Chromium that makes pictures and PDFs of archived pages; no for none.",
    shown="the first Chromium on PATH, if any",
)
BROWSER_SECONDS = env.integer("BROWSER_SECONDS", 20, "How long the browser may take for one page.", least=1)
BROWSER_WAIT_SECONDS = env.integer(
    "BROWSER_WAIT_SECONDS", 120, "How long a page may wait for the browser before it is archived without a picture."
)
BROWSER_MAX_BYTES = env.integer(
    "BROWSER_MAX_BYTES", 50_000_000, "How much one page may load in the browser.", least=1024
)
BROWSER_SANDBOX = env.boolean(
    "BROWSER_SANDBOX",
    True,
    "Whether the browser locks pages up by itself. Only where it cannot, and something else does, say no.",
)

# How we judge

REVIEWS_PER_ROUND = env.integer("REVIEWS_PER_ROUND", 2, "Independent reviews that complete a round.", least=2)
DEFAULT_SCALE = env.choice("DEFAULT_SCALE", "five-step", ["five-step", "six-step"], "Rating scale of a new claim.")

# The sample, and how ./run serves

SAMPLE_NEWSROOM = env.boolean(
    "SAMPLE_NEWSROOM",
    embedded.used() and not _public,
    "Whether ./run loads the sample newsroom and the site serves its press pages under /press/.",
    shown="yes with the embedded database, else no",
)
env.refuse_public_sample(public=_public, sample=SAMPLE_NEWSROOM)

# The application

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
    "factcheck",
    "factcheck.access",
    "factcheck.audit",
    "sources",
    "claims",
    "factcheck.sample",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sources.snapshot_host.SnapshotHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "factcheck.pages.ReaderZone",
    "factcheck.pages.ShowRefusals",
]
AUTH_USER_MODEL = "access.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # Nothing that other packages bring.
STATIC_MANIFEST = env.boolean(
    "STATIC_MANIFEST",
    not DEBUG,
    "Serves static files as manage.py collectstatic left them, under names with digests.",
    shown="the opposite of DEBUG",
)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_AUTOREFRESH = not STATIC_MANIFEST
_static_storage = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if STATIC_MANIFEST
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
_archive: dict[str, Any] = {"BACKEND": "sources.storage.ArchiveFiles"}
if ARCHIVE_S3_BUCKET:
    # Keys come from where boto3 looks for them. A name is a digest, so writing one again changes nothing.
    _s3 = {"bucket_name": ARCHIVE_S3_BUCKET, "endpoint_url": ARCHIVE_S3_ENDPOINT or None, "file_overwrite": True}
    _archive = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
    "archive": _archive,
}

# The API

API_REQUESTS_PER_MINUTE = env.integer(
    "API_REQUESTS_PER_MINUTE", 600, "How often one account may ask the API in a minute; 0 sets no limit."
)
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["factcheck.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["factcheck.api.body.JsonBody"],
    "DEFAULT_THROTTLE_CLASSES": ["factcheck.api.throttle.PerCaller"],
    "DEFAULT_SCHEMA_CLASS": "factcheck.api.schema.Described",
    "EXCEPTION_HANDLER": "factcheck.api.problems.answer",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "factcheck",
    "DESCRIPTION": "Claims in, verdicts out. How to begin is written in docs/api.md.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "GET_LIB_DOC_EXCLUDES": "factcheck.api.schema.without_doc",
    "ENUM_SUFFIX": "",
    "ENUM_NAME_OVERRIDES": {
        "ClaimantKind": "claims.models.Claimant.Kind",
        "SourceKind": "sources.models.Source.Kind",
        "VersionKind": "claims.models.Publication.Kind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "factcheck.api.schema.with_problems",
    ],
}

# Safety

_https = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "factcheck.pages.form_too_old"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# What is said on stdout

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"], "What is written to the log.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
}
