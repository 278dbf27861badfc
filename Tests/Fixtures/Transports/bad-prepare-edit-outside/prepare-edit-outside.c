/* Reports an edit behind the end of the body. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->edit(sink->context, 0, JF_EDIT_REMOVE, request->body.len + 1, NO_TEXT);
  return JF_OK;
}

static const jf_rule rules[] = {{"only-rule", "Because.", "https://fixture.example"}};

FIXTURE_TABLE(.prepare = prepare, .rule_count = 1, .rules = rules)
FIXTURE_ENTRY()
