"""Whether the pages can be believed."""


def find_problems() -> list[str]:
    """Return what is wrong."""
    return []


def prometheus_text() -> str:
    """Return figures for Prometheus."""
    return ""
