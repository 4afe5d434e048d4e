"""Where what ships with Parley lies: inside an installed wheel, or beside the code in a checkout."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder `name` ("content" or "templates") that ships."""
    package = Path(__file__).parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name
