"""`python -m daihoi` is the command `daihoi`."""

from daihoi.cli.main import run

if __name__ == "__main__":
    run()
