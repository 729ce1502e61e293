"""daihoi: one file per command group."""

import signal
import sys

# A process that reads or draws pages runs the main script again under this name before anything else. Ctrl-C reaches it
# together with the command that started it; that one ends it, and its traceback would be all that anybody saw.
if "__mp_main__" in sys.modules:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
