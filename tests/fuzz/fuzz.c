/* The entry of libFuzzer. */
#include "target.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_document((hg_str){(const char *)data, size});
	return 0;
}
