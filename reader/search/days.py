"""Days as facets: a month, a year, a decade. A window of time is a few of them, and no database looks at the rest."""

from datetime import date

FIRST, LAST = 1900, 2100


def facets_of_day(day: date) -> list[str]:
    year, at = within_reach((day.year, day.month))
    return [month(year, at), f"y{year}", decade(year)]


def facets_between(first: date | None, behind: date | None) -> list[str]:
    """What days have that are not before `first` and before `behind`; whole months, so that a few more may have it."""
    start = within_reach((first.year, first.month) if first else (FIRST, 1))
    end = within_reach(month_of_last(behind) if behind else (LAST, 12))
    if first and behind and first >= behind:
        return []
    found: list[str] = []
    while start <= end:
        year, at = start
        if at == 1 and year % 10 == 0 and end >= (year + 9, 12):
            found.append(decade(year))
            start = (year + 10, 1)
        elif at == 1 and end >= (year, 12):
            found.append(f"y{year}")
            start = (year + 1, 1)
        else:
            found.append(month(year, at))
            start = (year, at + 1) if at < 12 else (year + 1, 1)
    return found


def within_reach(one: tuple[int, int]) -> tuple[int, int]:
    """What lies further off counts as the first month, or the last."""
    return min(max(one, (FIRST, 1)), (LAST, 12))


def month_of_last(behind: date) -> tuple[int, int]:
    """The month of the last day before this one."""
    if behind.day > 1:
        return behind.year, behind.month
    return (behind.year, behind.month - 1) if behind.month > 1 else (behind.year - 1, 12)


def are_whole_months(first: date | None, behind: date | None) -> bool:
    """Whether the facets say it exactly; beyond the years that they know they do not."""
    return all(day is None or (day.day == 1 and FIRST < day.year <= LAST) for day in (first, behind))


def month(year: int, at: int) -> str:
    return f"m{year}{at:02}"


def decade(year: int) -> str:
    return f"d{year // 10}"
