"""`python -m daihoi.cli` is the command `daihoi`, for a machine whose scripts are not on the path."""

from daihoi.cli.main import run

if __name__ == "__main__":
    run()
