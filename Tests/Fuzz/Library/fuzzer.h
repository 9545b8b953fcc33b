#include <stddef.h>
#include <stdint.h>

/* Of LLVM's libFuzzer, which `-sanitize=fuzzer` links. */
int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*entry)(const uint8_t *data, size_t size));
