"""`python -m linkprobe` is the command line."""

from linkprobe.cli import main

if __name__ == "__main__":
    main()
