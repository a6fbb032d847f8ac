"""`make bench [ONLY=name]`: run every measurement of this folder, each in a process of its own.

A measurement is a module with a `main`; the first line of its docstring is its heading.
"""

import ast
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def measurements() -> dict[str, str]:
    """Heading by module name, of the modules that can be run by themselves."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text())
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if path.stem != "__main__" and "main" in names:
            found[path.stem] = (ast.get_docstring(tree) or path.stem).splitlines()[0]
    return found


def main() -> int:
    """0 when every measurement came to its end."""
    only = sys.argv[1:] or os.environ.get("ONLY", "").split()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores} cores")
    failed = []
    for name, heading in measurements().items():
        if only and name not in only:
            continue
        print(f"\n── {name}: {heading}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
