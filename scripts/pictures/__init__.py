"""The pictures that scripts/plot draws of a result file, one module each."""
