"""nbgrader for this course. A class's own nbgrader_config.py loads it, and may change what it sets."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from convbook_nbgrader import ExecuteTslab, ReleaseStarters
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute

c = get_config()  # noqa: F821


def with_ours(preprocessors, theirs, ours):
    return [ours if each is theirs else each for each in preprocessors.default()]


c.GenerateAssignment.preprocessors = with_ours(
    GenerateAssignment.preprocessors, ClearSolutions, ReleaseStarters
)
c.Autograde.autograde_preprocessors = with_ours(
    Autograde.autograde_preprocessors, Execute, ExecuteTslab
)
# A check trains nothing, but the first one compiles the library's WebAssembly on a machine that may be busy.
c.ExecuteTslab.timeout = 120

# The kernel of this checkout, and a record of progress that is nobody's.
checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kernels = os.path.join(checkout, ".venv", "share", "jupyter")
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    [kernels, *filter(None, [os.environ.get("JUPYTER_PATH")])]
)
os.environ["CONVBOOK_PROGRESS"] = os.path.join(
    tempfile.mkdtemp(prefix="convbook-nbgrader-"), "progress.json"
)
