"""The dashboard for a shop's purchases through the SkinsBack API.

The application is made in ``factory``, not here: importing the client or the simulator must not load the pages.
"""

__version__ = "0.1.0"
