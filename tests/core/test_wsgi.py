"""The process that serves: what it loads once is not looked through for garbage again."""

import subprocess
import sys


def test_what_is_loaded_is_no_garbage() -> None:
    code = "import gc, sys, reader.wsgi; print(gc.get_freeze_count(), 'reader.pages.views.reading' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    frozen, has_views = done.stdout.split()
    assert int(frozen) > 50_000
    assert has_views == "True"
