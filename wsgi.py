"""The portal for any WSGI server: `wsgi:app`."""

import gc

from portal.app import create_app

app = create_app()

# What the app is made of stays; looking through it for garbage again and again would cost a tenth of each page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
