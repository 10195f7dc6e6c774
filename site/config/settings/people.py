"""Accounts of staff, and signing in."""

from zoneinfo import available_timezones

from .environment import env, number

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
# Debian names the machine's own time zone, too. Browsers fail at that name, and show
# the whole list without local times.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})

# How many proxies in front of this process add to X-Forwarded-For. Limits count by the
# address that the outermost of them was asked from.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=0)
# Addresses and networks of balancers and CDN in front, which alone nginx believes.
PROXY_ADDRESSES = env.list("PROXY_ADDRESSES", default=[])

# Whoever may read what applicants and readers send, or who stories are about, or has a
# hand in medical reviews, signs in with a second factor; so do superusers, who may do
# everything.
SECOND_FACTOR_PERMISSIONS = [
    "applications.view_application",
    "core.erase_person",
    "core.view_personlogentry",
    "applications.view_applicationlogentry",
    "applications.manage_rights",
    "testimonials.view_consentlogentry",
    *(f"applications.{action}_feedback" for action in ("change", "view")),
    *(f"review.{action}_readerreport" for action in ("change", "delete", "view")),
    *(
        f"testimonials.{action}_{model}"
        for model in ("subject", "consent")
        for action in ("add", "change", "delete", "view")
    ),
    # Whoever approves the review of a page puts it before readers.
    "review.decide_medical",
    "review.invite_reviewer",
    "review.view_reviewrecord",
    # Whoever says who reviews, what they are, and what they are asked.
    *(
        f"review.{action}_{model}"
        for model in ("checklistitem", "credentialcheck", "reviewer")
        for action in ("add", "change", "delete", "view")
    ),
]

# --- allauth ------------------------------------------------------------------------

ACCOUNT_ADAPTER = "users.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
# Ours are in users.limits: allauth's count by name alone.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"login": "users.forms.SignInForm"}
MFA_ADAPTER = "users.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "users.forms.CodeForm",
    "reauthenticate": "users.forms.ConfirmByCodeForm",
    "activate_totp": "users.forms.SetUpForm",
}
# Whoever is given an account here did not sign up, and confirmed no address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_PERIOD = 30  # seconds
# Clocks differ, and typing takes time: the codes before and after are accepted.
MFA_TOTP_TOLERANCE = 1
