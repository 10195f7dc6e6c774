"""Settings for a site without TLS, as on a developer's machine."""

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "sessionid"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_SECURE = False
