"""Rules that look for trouble, the alerts they open, and how these reach people."""
