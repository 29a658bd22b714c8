// The addon that Node loads. It loads tfjs-node's binding, and TensorFlow with it, while nothing that is
// written to stderr is shown: as it is loaded, the library says there which instructions of the processor it
// uses, before any setting could keep it from doing so.
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

namespace {

void* LoadQuietly(const char* library) {
  const int shown = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const bool quiet = shown >= 0 && nowhere >= 0 && dup2(nowhere, STDERR_FILENO) >= 0;
  void* loaded = dlopen(library, RTLD_LAZY);
  if (quiet) dup2(shown, STDERR_FILENO);
  if (shown >= 0) close(shown);
  if (nowhere >= 0) close(nowhere);
  return loaded;
}

}  // namespace

NAPI_MODULE_INIT() {
  void* binding = LoadQuietly("libtfjs_binding.so");  // beside this file, by the linker's -rpath
  void* start = binding ? dlsym(binding, "napi_register_module_v1") : nullptr;
  if (!start) {
    napi_throw_error(env, nullptr, dlerror());
    return nullptr;
  }
  return reinterpret_cast<napi_addon_register_func>(start)(env, exports);
}
