"""Saying in a sentence how many there are of what."""


def counted(number: int, one: str, many: str) -> str:
    """Nothing where there are none."""
    return f"{number:,} {one if number == 1 else many}" if number else ""


def listed_out(*parts: str) -> str:
    told = [part for part in parts if part]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))
