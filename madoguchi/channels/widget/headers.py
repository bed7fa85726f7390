"""The headers that keep a browser from doing more with a response than it is meant for."""

from __future__ import annotations

# What browsers ask a server for: https://owasp.org/www-project-secure-headers/
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers older than frame-ancestors
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# JSON and text: shown as a document, they may load and run nothing
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The demonstration page: what docs/design/widget.md asks a site to allow, and nothing else
DEMONSTRATION = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ONE_YEAR = 31_536_000  # seconds; what hstspreload.org asks for


def security(*, tls: bool, csp: str = NOTHING, embeddable: bool = False) -> dict[str, str]:
    """The headers of a response; `embeddable` where pages of other sites load it, as they do the widget's files."""
    found = EVERYWHERE | {
        "Content-Security-Policy": csp,
        "Cross-Origin-Resource-Policy": "cross-origin" if embeddable else "same-origin",
    }
    # Over plain HTTP browsers ignore it, and it would be no truth about this server
    return found | {"Strict-Transport-Security": f"max-age={ONE_YEAR}"} if tls else found
