"""The frame around every page: navigation, notices, fragments, errors, downloads."""
