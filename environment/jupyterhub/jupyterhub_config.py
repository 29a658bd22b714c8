"""One convbook for a class, as docs/jupyterhub.md has it:

    npm run setup:jupyterhub
    .convbook/jupyterhub/python/bin/jupyterhub -f environment/jupyterhub/jupyterhub_config.py

A hub with a configuration of its own takes these lines over with load_subconfig("PATH OF THIS FILE"), and says below
who may come in (an authenticator) and what starts their servers (a spawner).
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821
checkout = Path(__file__).resolve().parents[2]
installed = checkout / ".convbook" / "jupyterhub"

# Each learner's server: JupyterLab on a folder of their own, with the kernels and packages of this checkout.
c.Spawner.cmd = [sys.executable, str(checkout / "environment" / "jupyterhub" / "singleuser.py")]
c.Spawner.default_url = "/lab/tree/work/00-start-here.ipynb"
# Lessons are copied at the first start, and a disk may be slow.
c.Spawner.start_timeout = 120

proxy = installed / "node_modules" / ".bin" / "configurable-http-proxy"
if proxy.exists():
    c.ConfigurableHTTPProxy.command = [str(proxy)]
