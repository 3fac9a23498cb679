"""The WSGI application, for `pluc.serving`. The source roots are on the path (manage.py)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from pluc.requests import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluc.settings")
application = get_wsgi_application()
application.request_class = Request

# What is loaded now stays loaded: the collector need not walk through it at every request.
gc.freeze()
