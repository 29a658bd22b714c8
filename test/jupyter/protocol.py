"""The tests of PyPI's jupyter_kernel_test, with every feature that the kernel has."""

import sys
import unittest

import jupyter_kernel_test


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "convbook"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("trouble")'
    completion_samples = [
        {"text": "console.lo", "matches": {"log"}},
        {"text": '"abc".toUpp', "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["let x = 1", "function f() {\n  return 1;\n}\n", "[1].map((x) => x)"]
    incomplete_code_samples = ["function f() {", "const x = [1,", "const t = `ab"]
    invalid_code_samples = ["let = = 3", "a b c"]
    code_generate_error = 'throw new Error("no")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].length", "result": "2"},
    ]
    code_display_data = [
        {
            "code": 'require("convbook").display({ "text/html": "<b>x</b>", "text/plain": "x" })',
            "mime": "text/html",
        }
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6*7"
    code_inspect_sample = "console.log"
    code_clear_output = 'require("convbook").clearOutput()'


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
