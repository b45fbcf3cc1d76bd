"""Tables out as CSV, XLSX and ZIP, and uploaded tables in."""
