"""`make bench`: the numbers that the pages are held to, from one run on this machine."""

import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module

BENCHES = [
    "bench_reading",
    "bench_live",
    "bench_lists",
    "bench_ledger",
    "bench_desk",
    "bench_marks",
    "bench_notes",
    "bench_agreement",
    "bench_records",
    "bench_search",
    "bench_anchoring",
    "bench_foresight",
    "bench_extraction",
    "bench_feeds",
    "bench_imports",
    "bench_page_weight",
]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="forecite-bench-") as folder:
        os.environ |= {"FORECITE_DATA": folder, "DJANGO_SETTINGS_MODULE": "reader.settings"}
        missed = 0
        for line, met in run(sys.argv[1:] or BENCHES):
            print(line, flush=True)
            missed += not met
    print(f"{missed} missed" if missed else "every limit met")
    return 0


def run(names: list[str]) -> Iterator[tuple[str, bool]]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in names:
        yield f"\n{name.removeprefix('bench_').replace('_', ' ')}", True
        for figure in import_module(f"tests.performance.{name}").figures():
            yield str(figure), figure.is_met


if __name__ == "__main__":
    sys.exit(main())
