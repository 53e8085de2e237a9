"""The list of hostile inputs, by kind: ``python -m tests.hostile.count``."""

import sys

from tests.hostile import inputs


def counted() -> dict[str, int]:
    """Kind of input → how many of it are tried at every form or, files, at every door."""
    return {
        "words that mean something elsewhere": len(inputs.WORDS),
        "no words, or too many": len(inputs.TEXTS),
        "numbers": len(inputs.NUMBERS),
        "days": len(inputs.DATES),
        "keys of rows": len(inputs.IDS),
        "files": len(inputs.uploads()) + 1,  # and the huge picture
    }


def told() -> str:
    """The list as it stands in docs/security.md."""
    return "\n".join(f"- {kind}: {n}" for kind, n in counted().items())


if __name__ == "__main__":
    sys.stdout.write(told() + "\n")
