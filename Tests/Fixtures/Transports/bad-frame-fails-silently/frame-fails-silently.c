/* Refuses a frame without a word. */
#include "../fixture.h"

static jf_status on_frame(FRAME_PARAMETERS) {
  return JF_FAILED;
}

FIXTURE_TABLE(.on_frame = on_frame)
FIXTURE_ENTRY()
