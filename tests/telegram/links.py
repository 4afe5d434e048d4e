"""Which links Telegram keeps: http and https with a real host, tg and mailto; any other it drops in silence."""

from urllib.parse import SplitResult, urlsplit


def checked_link(url: str) -> str:
    """Return the link as Telegram stores it, or "" where it drops it. A link without a scheme is taken as http."""
    url = url.strip()
    if not url or len(url.split()) > 1:
        return ""
    try:
        parts = urlsplit(url)
        if not parts.scheme or "." in parts.scheme or (parts.path.isdigit() and not parts.netloc):
            parts = urlsplit(f"http://{url}")  # "example.org", "example.org:8080"
        return _kept(parts)
    except ValueError:
        return ""


def _kept(parts: SplitResult) -> str:
    if parts.scheme in {"http", "https"}:
        # Telegram accepts no host without a dot: localhost is the well-known surprise.
        if "." not in (parts.hostname or "").strip("."):
            return ""
        return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
    if parts.scheme == "tg":
        return parts.geturl() if parts.netloc or parts.path else ""
    if parts.scheme == "mailto":
        return parts.geturl() if "@" in parts.path else ""
    return ""


def mentioned_user(url: str) -> int | None:
    """Return the user id of a tg://user?id=… link, which becomes a mention of that user; None for any other."""
    prefix = "tg://user?id="
    digits = url.removeprefix(prefix)
    return int(digits) if url.startswith(prefix) and digits.isdecimal() and int(digits) > 0 else None


def button_link_fault(url: str) -> str | None:
    """Return why Telegram refuses a link on a button, or None where it takes it."""
    kept = checked_link(url)
    if kept and not kept.startswith("mailto:"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme and parts.scheme not in {"http", "https", "tg"}:
        return "Unsupported URL protocol"
    return "Wrong HTTP URL" if parts.netloc else "URL host is empty"
