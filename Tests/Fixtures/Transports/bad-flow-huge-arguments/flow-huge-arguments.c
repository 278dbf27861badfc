/* Asks for each effect with an argument of a megabyte, which none of them takes. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  static const int32_t effects[] = {JF_EFFECT_VARIABLE, JF_EFFECT_READ_FILE, JF_EFFECT_SECRET,
                                    JF_EFFECT_EXECUTE,  JF_EFFECT_SLEEP_MS};
  if (flow->steps == sizeof effects / sizeof effects[0]) return fail_flow(previous, sink);
  static char argument[1 << 20];
  memset(argument, '[', sizeof argument);
  sink->effect(sink->context, effects[flow->steps++], (jf_borrowed_text){argument, sizeof argument});
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
