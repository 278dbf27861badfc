/* jf_auth.h - "jackfield.auth/1": obtaining a token, as a step machine without I/O.
 *
 * begin, then step with NULL; while it answers JF_NEED_EFFECT the host performs the effect and steps
 * again with what came of it; JF_DONE says where the token stands; end. At most 16 steps. */
#ifndef JF_AUTH_H
#define JF_AUTH_H

#include "jf_exchange.h"
#include "jf_transport.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_AUTH_1 "jackfield.auth/1"

/* Effects. Flows from plugin to host; one that the host does not know or grant ends the flow. */
#define JF_EFFECT_HTTP ((int32_t)1)      /* described through the exchange sink */
#define JF_EFFECT_READ_FILE ((int32_t)2) /* argument: a path that the configuration names */
#define JF_EFFECT_EXECUTE ((int32_t)3)   /* argument: JSON array of program and arguments, no shell */
#define JF_EFFECT_SLEEP_MS ((int32_t)4)  /* argument: decimal milliseconds */

/* How a secret is written into a body. */
#define JF_ENCODING_RAW ((int32_t)0)
#define JF_ENCODING_FORM ((int32_t)1)        /* application/x-www-form-urlencoded */
#define JF_ENCODING_JSON_STRING ((int32_t)2) /* escaped, without quotes */

typedef struct jf_auth_flow_s jf_auth_flow; /* plugin-owned: one run of the machine */

/* Sink of `step`. */
typedef struct jf_auth_sink_1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *JF_NULLABLE context;
  /* Asks for an effect; an HTTP effect is described through `exchange` first. [in-call] */
  void (*effect)(void *JF_NULLABLE context, int32_t effect, jf_borrowed_text argument);
  /* Where an HTTP effect is described. */
  const jf_exchange_sink *exchange;
  /* Appends the secret to the HTTP effect's body. [in-call] */
  void (*body_credential)(void *JF_NULLABLE context, jf_credential_handle credential,
                          int32_t encoding);
  /* The token stands at `token` (RFC 6901; empty: the whole text) in what the last effect gave; the
   * host extracts it. Lifetimes in seconds; negative: unknown. [in-call] */
  void (*token)(void *JF_NULLABLE context, jf_borrowed_text token, int64_t expires_in_s,
                int64_t refresh_in_s);
  /* The flow failed. [in-call] */
  void (*fail)(void *JF_NULLABLE context, const jf_failure *failure);
} jf_auth_sink;

/* The interface's function table. Static for the life of the process. */
typedef struct JF_SENDABLE jf_auth_1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Starts a flow for `scope`; an empty one means the instance's own. `settings` is the credential's
   * JSON object with `{"$secret": handle}` in place of secrets. NULL: unknown flow.
   * Ownership: the flow is the plugin's; the host ends it with `end`. [instance] */
  jf_auth_flow *JF_NULLABLE (*JF_NONNULL begin)(jf_instance *instance, jf_borrowed_text settings,
                                                jf_borrowed_text scope);
  /* One step; `previous` is what the effect gave, NULL at first. Errors: JF_FAILED after
   * `sink->fail`. [exchange] */
  jf_status (*step)(jf_auth_flow *flow, const jf_response *JF_NULLABLE previous,
                    const jf_auth_sink *sink);
  /* Ends the flow in whatever state. [exchange] */
  void (*end)(jf_auth_flow *flow);
} jf_auth;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
