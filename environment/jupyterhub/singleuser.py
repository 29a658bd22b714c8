"""A learner's server on JupyterHub: prepares their folder of the course, and becomes jupyterhub-singleuser.

The folder is ~/convbook, or the one that the variable CONVBOOK_LEARNER names. Everything in it is the learner's; the
checkout, which all share, is only read.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

checkout = Path(__file__).resolve().parents[2]
kernel = checkout / ".venv" / "share" / "jupyter" / "kernels" / "tslab" / "kernel.json"


def main() -> None:
    if not kernel.exists():
        sys.exit(f"convbook is not set up: run npm start -- --version in {checkout}, as its owner.")
    node = json.loads(kernel.read_text())["argv"][0]
    folder = os.environ.get("CONVBOOK_LEARNER") or str(Path.home() / "convbook")
    prepare = [node, str(checkout / "bin" / "convbook.js"), "learner", folder]
    prepared = subprocess.run(prepare, stdout=subprocess.PIPE, text=True)
    if prepared.returncode != 0:
        sys.exit(prepared.returncode)  # it has said why
    os.environ.update(json.loads(prepared.stdout))
    os.chdir(folder)
    server = [sys.executable, "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={folder}"]
    os.execv(sys.executable, server + sys.argv[1:])


main()
