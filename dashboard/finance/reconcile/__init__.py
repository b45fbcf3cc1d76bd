"""The shop's own list compared with the purchases."""
