# What JupyterLab is told when the course starts it. Jupyter finds this file by JUPYTER_CONFIG_PATH
# (src/installation/jupyter.ts); the settings of the user interface stand in labconfig/ beside it.

import logging
import os
import warnings

c = get_config()  # noqa: F821

# Of all that Jupyter reports, a learner needs the address to open, and what goes wrong.
c.Application.log_level = "WARN"

# The browser is sent to an address. The usual detour over a local file fails where the browser may not
# read it, as with the Firefox that Ubuntu installs, and in the Windows Subsystem for Linux.
c.ServerApp.use_redirect_file = False

# An animated figure is one large message. The usual limit of 1 MB a second would drop it.
c.ZMQChannelsWebsocketConnection.limit_rate = False

# Tornado mistakes Jupyter's milliseconds for seconds, and would warn at each notebook that is opened.
logging.getLogger("tornado.general").addFilter(
    lambda record: "websocket_ping_timeout" not in str(record.msg)
)

# TypeScript is what the course is written in, and a choice of kernels only a chance to take the wrong one.
c.KernelSpecManager.allowed_kernelspecs = {"tslab"}
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "tslab"

# No news, no search for updates, no catalogue of extensions: the versions are pinned, and the course
# asks nothing of the network.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Jupytext turns lessons/ into notebooks when they are built; in JupyterLab it would show every Markdown
# file as a notebook. Language servers are not used: tslab itself completes and explains.
c.ServerApp.jpserver_extensions = {"jupyterlab_jupytext": False, "jupyter_lsp": False}

# Colours of figures that depend on the theme. (Jupyter's own setting of this folder cannot be configured.)
c.LabApp.custom_css = True
custom = os.path.join(os.path.dirname(os.path.abspath(__file__)), "custom")
c.ServerApp.tornado_settings = {"static_custom_path": [custom]}


def without_pictures_of_plots(model, **_others):
    """Leaves a plot's picture out of what JupyterLab saves.

    The picture is as wide as the column was at that moment, whatever the plot's own size. Opened again, the notebook
    would show it in place of the plot, stretched or too narrow; without it the plot is drawn to the width of the day.
    """
    if model.get("type") != "notebook":
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "application/vnd.plotly.v1+json" in data:
                data.pop("image/png", None)


c.ContentsManager.pre_save_hook = without_pictures_of_plots
# Jupyter takes note of the hook twice, and would warn of that.
warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")

# The file browser shows what a learner may want to open.
c.ContentsManager.hide_globs = [
    "node_modules",
    "dist",
    "build",
    "__pycache__",
    "*.pyc",
    "package-lock.json",
    "tsconfig*.json",
    "*~",
]
