/* A rule that gives no reason. */
#include "../fixture.h"

static const jf_rule rules[] = {
    {"first-rule", "Because.", "https://fixture.example"},
    {"second-rule", NULL, ""},
};

FIXTURE_TABLE(.rule_count = 2, .rules = rules)
FIXTURE_ENTRY()
