"""`python -m backend.democracy.scrutineer`."""

import sys

from backend.democracy.scrutineer.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
