"""The WSGI entry point: `gunicorn reader.wsgi`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

application = get_wsgi_application()

# What is loaded here stays. Looking through it for garbage would make a reader wait for a tenth of a second, again and
# again; the addresses bring in all the rest that would else come with the first request.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
