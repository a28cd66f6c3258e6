"""A cell: what a notebook finds when it begins. It runs in a forked kernel and in an ordinary one, which must find the same."""


def seen():
    """By name; `parent` alone may differ."""
    import decimal
    import hashlib
    import locale
    import os
    import resource
    import signal
    import sys
    import threading
    import warnings
    from pathlib import Path

    import matplotlib as mpl
    import numpy as np

    from analysis.figures import style

    def hash_of(value):
        return hashlib.sha256(value.encode()).hexdigest()[:8]

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE, signal.SIGHUP, signal.SIGUSR1)
    return {
        "parent": os.getppid(),
        "environment": {name: hash_of(value) for name, value in os.environ.items() if name != "JPY_PARENT_PID"},
        "path": [each for each in sys.path if each],  # not the working directory, which is empty
        "argv": [Path(sys.argv[0]).stem, sys.argv[1], *sys.argv[3:]],
        "files": [path.name for path in Path().iterdir()],
        "leads its session": os.getsid(0) == os.getpid() == os.getpgid(0),
        "signals": [getattr(signal.getsignal(number), "__name__", str(signal.getsignal(number))) for number in numbers],
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
        "limits": [resource.getrlimit(kind) for kind in (resource.RLIMIT_DATA, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)],
        "umask": [os.umask(0o22), os.umask(0o22)][0],
        "recursion": sys.getrecursionlimit(),
        "warnings": sorted((each[0], each[2].__name__) for each in warnings.filters),
        "locale": locale.setlocale(locale.LC_ALL),
        "decimal": str(decimal.getcontext()),
        "drawn with": [mpl.get_backend(), sorted(map(str, mpl.rcParams.items())), sorted(map(str, style.STYLE.items()))],
        "errors": np.geterr(),
        "main": (__name__, sys.modules["__main__"].__dict__ is globals(), threading.current_thread() is threading.main_thread()),
        "input": sys.__stdin__.read(),
        "names": sorted(name for name in globals() if not name.startswith("_")),
    }
