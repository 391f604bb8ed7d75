"""How gunicorn serves: `gunicorn --config python:reader.serving reader.wsgi`."""

from gunicorn.http import message

#: A question of ten thousand characters, each of which an address spells with up to twelve. Gunicorn itself takes no
#: line of more than 8 kB, and answers a longer one with a page of its own.
limit_request_line = message.MAX_REQUEST_LINE = 128 * 1024
