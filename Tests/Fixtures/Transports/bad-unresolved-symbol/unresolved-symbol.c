/* Needs a function that nobody has: RTLD_NOW finds out before the first call. */
#include "../fixture.h"

void fixture_function_that_nobody_has(void);

static void describe(jf_instance *instance, const jf_describe_sink *sink) {
  fixture_function_that_nobody_has();
}

FIXTURE_TABLE(.describe = describe)
FIXTURE_ENTRY()
