"""Reading an uploaded file, in a process of its own: ``process`` is what ``uploads`` starts."""
