"""Unpacks from TensorFlow's wheel what is needed to compute with it from C: python unpack.py WHEEL FOLDER.

The wheel has some 15,000 files; wanted are two libraries, and the headers of the C interface.
"""

import os
import shutil
import sys
import zipfile

LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]
HEADERS = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/platform/", "xla/tsl/c/")


def main(wheel, folder):
    include = "tensorflow/include/"
    with zipfile.ZipFile(wheel) as archive:
        wanted = {f"tensorflow/{name}": name for name in LIBRARIES}
        for name in archive.namelist():
            inside = name[len(include) :] if name.startswith(include) else ""
            if inside.startswith(HEADERS) and inside.endswith(".h"):
                wanted[name] = os.path.join("include", inside)
        for name, target in wanted.items():
            path = os.path.join(folder, target)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with archive.open(name) as source, open(path, "wb") as file:
                shutil.copyfileobj(source, file, 1 << 20)


main(*sys.argv[1:])
